"""`avs webhooks …`: have events sent to an address, and see what became of each."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from avs.frame import command
from avs.names import parse_asset
from avs.output import Answer, Table, when
from avs.session import Session

if TYPE_CHECKING:
    from assetversions_client.webhooks import Delivery, Webhook

Id = Annotated[str, typer.Argument(metavar="WEBHOOK", help="Its id: avs webhooks list", show_default=False)]
Url = Annotated[str, typer.Argument(metavar="URL", help="An https address.", show_default=False)]
Events = Annotated[
    list[str] | None,
    typer.Option("--event", metavar="TYPE", help="version.published, version.* …; may be said again.  [all]"),
]
Of = Annotated[
    str | None, typer.Option("--of", metavar="DB | DB/ASSET", help="Only of this database or asset.")
]
Tags = Annotated[
    list[str] | None, typer.Option("--tag", metavar="TAG", help="Only of assets with one of these.")
]
About = Annotated[str, typer.Option("--description", metavar="TEXT", help="What it is for.")]
Sent = Annotated[
    str,
    typer.Argument(metavar="DELIVERY", help="Its id: avs webhooks deliveries WEBHOOK", show_default=False),
]
Since = Annotated[
    str, typer.Option("--from", metavar="TIME", help="Such as 2026-03-15T08:00:00Z.", show_default=False)
]
Until = Annotated[str, typer.Option("--to", metavar="TIME", help="When that time ends.", show_default=False)]
Number = Annotated[int, typer.Option("-n", metavar="COUNT", min=1, help="The newest so many.")]


def add(app: typer.Typer) -> None:
    group = typer.Typer(
        name="webhooks", help="Have events sent to an address of yours.", no_args_is_help=True
    )
    commands: dict[str, Callable[..., Answer]] = {
        "list": show_all,
        "create": create,
        "show": show,
        "enable": enable,
        "delete": delete,
        "secret": secret,
        "test": test,
        "deliveries": deliveries,
        "redeliver": redeliver,
        "replay": replay,
    }
    for name, made in commands.items():
        command(group, name)(made)
    app.add_typer(group)


def show_all(session: Session) -> Answer:
    """List your webhooks."""
    found = list(session.client().webhooks.all())
    rows = [[one.webhook_id, ", ".join(one.events), _state(one), one.url] for one in found]
    return Answer([_facts(one) for one in found], Table(["WEBHOOK", "EVENTS", "STATE", "URL"], rows))


def create(
    session: Session, url: Url, event: Events = None, of: Of = None, tag: Tags = None, description: About = ""
) -> Answer:
    """Make a webhook. Its secret is told this once."""
    database, asset = _place(of)
    made = session.client().webhooks.create(
        url, event or ["*"], database=database, asset=asset, tags=tag or (), description=description
    )
    lines = [f"Webhook {made.webhook_id}", f"Secret, told this once: {made.secret}"]
    return Answer(_facts(made) | {"secret": made.secret}, before=lines)


def show(session: Session, webhook: Id) -> Answer:
    """Show a webhook."""
    return _one(session.client().webhooks.get(webhook))


def enable(session: Session, webhook: Id) -> Answer:
    """Let a webhook that was disabled be sent events again."""
    return _one(session.client().webhooks.enable(webhook))


def delete(session: Session, webhook: Id) -> Answer:
    """Take a webhook away."""
    session.client().webhooks.delete(webhook)
    return Answer({"webhook": webhook}, before=[f"Webhook {webhook} is gone."])


def secret(session: Session, webhook: Id) -> Answer:
    """Draw a new secret for a webhook. The one before signs for 24 hours more."""
    made = session.client().webhooks.new_secret(webhook)
    lines = [f"Secret, told this once: {made.secret}"]
    lines += [f"The one before signs until {when(made.previous_until)}, too."] if made.previous_until else []
    return Answer(
        {"webhook": webhook, "secret": made.secret, "previousUntil": made.previous_until}, before=lines
    )


def test(session: Session, webhook: Id) -> Answer:
    """Send a webhook a test."""
    return _sent(session.client().webhooks.try_it(webhook), webhook)


def deliveries(session: Session, webhook: Id, count: Number = 20) -> Answer:
    """List what became of a webhook's events, newest first."""
    from itertools import islice

    found = list(islice(session.client().webhooks.deliveries(webhook), count))
    rows = [
        [one.delivery_id, one.event, one.state, when(one.last_attempt), one.problem or str(one.status or "–")]
        for one in found
    ]
    table = Table(["DELIVERY", "EVENT", "STATE", "LAST TRIED", "ANSWER"], rows)
    return Answer([_delivery(one) for one in found], table)


def redeliver(session: Session, webhook: Id, delivery: Sent) -> Answer:
    """Send one event again."""
    return _sent(session.client().webhooks.send_again(webhook, delivery), webhook)


def replay(session: Session, webhook: Id, since: Since, until: Until) -> Answer:
    """Send all events of a time again."""
    count = session.client().webhooks.replay(webhook, since, until)
    return Answer({"webhook": webhook, "count": count}, before=[f"{count} events are sent again."])


def _place(of: str | None) -> tuple[str | None, str | None]:
    if of is None or "/" not in of:
        return of, None
    named = parse_asset(of)
    return named.database, named.asset


def _one(found: "Webhook") -> Answer:
    lines = [
        f"Webhook {found.webhook_id}: {_state(found)}",
        f"Sends {', '.join(found.events)} to {found.url}",
    ]
    return Answer(_facts(found), before=lines)


def _sent(found: "Delivery", webhook: str) -> Answer:
    line = f"Delivery {found.delivery_id} is on its way: avs webhooks deliveries {webhook}"
    return Answer(_delivery(found), before=[line])


def _state(found: "Webhook") -> str:
    if found.disabled:
        return f"disabled: {found.disabled}"
    return f"failing since {when(found.failing_since)}" if found.failing_since else "enabled"


def _facts(found: "Webhook") -> dict[str, Any]:
    return {
        "webhook": found.webhook_id,
        "url": found.url,
        "events": found.events,
        "database": found.database_id,
        "asset": found.asset_id,
        "tags": found.tags,
        "description": found.description,
        "createdBy": found.created_by,
        "createdAt": found.date_created,
        "disabled": found.disabled,
        "failingSince": found.failing_since,
    }


def _delivery(found: "Delivery") -> dict[str, Any]:
    return {
        "delivery": found.delivery_id,
        "event": found.event,
        "state": found.state,
        "attempts": found.attempts,
        "status": found.status,
        "problem": found.problem,
        "lastAttempt": found.last_attempt,
        "nextAttempt": found.next_attempt,
    }
