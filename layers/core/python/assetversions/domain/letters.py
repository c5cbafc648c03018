"""What people are told by mail, in plain text and in simple HTML."""

from collections.abc import Sequence
from html import escape
from string import Template
from urllib.parse import quote, urlsplit

from msgspec import Struct

from assetversions.domain.commits import Event
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.webhooks import Webhook

# What subscribers of an asset hear of, in words.
TOLD = {
    "version.created": "was created",
    "version.as_of": "was made of the files of an earlier moment",
    "version.reverted": "was made by going back to an earlier one",
    "version.cloned": "was cloned from another one",
    "version.uploaded": "made itself after an upload",
    "version.published": "was published",
    "version.archived": "was archived",
    "version.unarchived": "was taken out of the archive",
    "version.activated": "was made current",
    "version.deleted": "was deleted",
}
# So many lines stand in a letter; the rest is counted.
MOST_LINES = 50
_MOST_NAME = 100

_TEXT = Template("$head\n\n$lines\n$foot\n")
_HTML = Template("<!doctype html><html><body><p>$head</p><ul>$lines</ul>$foot</body></html>")


class Letter(Struct, frozen=True):
    """`unsubscribe` is where one click ends the subscription that it comes of, if it comes of one."""

    subject: str
    text: str
    html: str
    unsubscribe: str | None = None


class _Link(Struct, frozen=True):
    label: str
    url: str


def digest(asset: Asset, events: Sequence[Event], version_link: str | None, unsubscribe: str) -> Letter:
    """What became of an asset's versions; `version_link` is the address of one, with names in braces."""
    name = _on_one_line(asset.name)
    lines = [_line(event) for event in events[:MOST_LINES]]
    if len(events) > MOST_LINES:
        lines.append(f"and {len(events) - MOST_LINES} more")
    last = events[-1].number
    only = f"version {last} {TOLD[events[0].kind]}" if len(events) == 1 else f"{len(events)} changes"
    links = [_Link("Stop these mails with one click", unsubscribe)]
    if version_link:
        links.insert(0, _Link(f"Look at version {last}", _filled(version_link, asset.ref, last)))
    head = (
        f"{name} ({asset.ref.database_id}/{asset.ref.public_id}), which you are subscribed to, has changed:"
    )
    return _letter(f"{name}: {only}", head, lines, links, unsubscribe)


def webhook_disabled(hook: Webhook) -> Letter:
    """To its owner; the address goes without what it asks for, which may be a secret."""
    where = urlsplit(hook.url)._replace(query="", fragment="").geturl()
    lines = [
        hook.disabled or "",
        f"Mend the receiver, then enable the webhook: PUT /webhooks/{hook.webhook_id}.",
        f"What it missed is sent again by POST /webhooks/{hook.webhook_id}/replay.",
    ]
    return _letter("A webhook of yours was disabled", f"Nothing is sent to {where} any more.", lines, ())


def _letter(
    subject: str, head: str, lines: Sequence[str], links: Sequence[_Link], unsubscribe: str | None = None
) -> Letter:
    text = _TEXT.substitute(
        head=head,
        lines="".join(f"  {line}\n" for line in lines),
        foot="\n".join(f"{link.label}:\n{link.url}" for link in links),
    )
    html = _HTML.substitute(
        head=escape(head),
        lines="".join(f"<li>{escape(line)}</li>" for line in lines),
        foot="".join(f'<p><a href="{escape(link.url)}">{escape(link.label)}</a></p>' for link in links),
    )
    return Letter(subject, text, html, unsubscribe)


def _line(event: Event) -> str:
    what = f"version {event.number} {TOLD[event.kind]} by {_on_one_line(event.by)}"
    return f"{event.at:%Y-%m-%d %H:%M} UTC: {what}"


def _on_one_line(name: str) -> str:
    """A name may hold anything, a subject no line break."""
    shown = " ".join("".join(one if one.isprintable() else " " for one in name).split())
    return shown if len(shown) <= _MOST_NAME else f"{shown[:_MOST_NAME]}…"


def _filled(link: str, ref: AssetRef, number: int) -> str:
    for name, value in (
        ("databaseId", ref.database_id),
        ("assetId", ref.public_id),
        ("version", str(number)),
    ):
        link = link.replace(f"{{{name}}}", quote(value, safe=""))
    return link
