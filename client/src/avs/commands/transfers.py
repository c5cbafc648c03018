"""`avs push`, `pull` and `status`: a folder and the versions of an asset."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from avs import meant
from avs.frame import command
from avs.meant import AssetName, MaybeVersion
from avs.names import parse, parse_asset
from avs.output import Answer, counted, size
from avs.problems import Exit
from avs.progress import Bar
from avs.session import Session

if TYPE_CHECKING:
    from assetversions_client.pull import Pulled
    from assetversions_client.push import Pushed
    from assetversions_client.status import Status

# So many paths of a kind are shown; --json has all.
SHOWN = 20

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="What to push.", show_default=False)]
Into = Annotated[
    Path | None,
    typer.Argument(metavar="FOLDER", help="Where to; else one called like the asset.", show_default=False),
]
Here = Annotated[Path, typer.Argument(metavar="FOLDER", help="Else this one.", show_default=False)]
Message = Annotated[
    str | None, typer.Option("-m", "--message", metavar="TEXT", help="The comment of the version.")
]
Aliases = Annotated[
    list[str] | None,
    typer.Option("--alias", metavar="ALIAS", help="A name for it; may be repeated."),
]
Hide = Annotated[bool, typer.Option("--delete", help="Hide files of the asset that the folder has not.")]
Remove = Annotated[bool, typer.Option("--delete", help="Remove files here that the version has not.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would be done.")]
NoVersion = Annotated[bool, typer.Option("--no-version", help="Send the files, and make no version of them.")]
OfPath = Annotated[
    str | None, typer.Option("--path", metavar="PATH", help="Only this file or folder of the version.")
]


def add(app: typer.Typer) -> None:
    for made in (push, pull, status):
        command(app, made.__name__)(made)


def push(
    session: Session,
    folder: Folder,
    asset: AssetName,
    message: Message = None,
    alias: Aliases = None,
    delete: Hide = False,
    dry_run: DryRun = False,
    no_version: NoVersion = False,
) -> Answer:
    """Send what differs of a folder, and make a version of it.

    What was cut off goes on with the same command.
    """
    ref = meant.ref(parse_asset(asset))
    with _watched(session) as bar:
        done = session.client().push(
            folder,
            ref,
            comment=message,
            aliases=alias or (),
            delete=delete,
            dry_run=dry_run,
            version=not no_version,
            progress=bar,
        )
    plan = done.plan
    paths = {
        "added": [file.path for file in plan.added],
        "changed": [file.path for file in plan.changed],
        "deleted": done.deleted,
    }
    data: dict[str, Any] = {
        "database": ref.database,
        "asset": ref.asset,
        "version": done.version,
        "heldBy": done.holder,
        "bytes": done.sent_bytes,
        "same": len(plan.same),
        **paths,
        "dryRun": dry_run,
    }
    odd = done.warnings.count if done.warnings else 0
    after = [f"{counted(odd, 'name')} can't be held by every disk: avs pull tells which."] if odd else []
    return Answer(
        data | {"oddNames": odd}, before=[*_listed(paths), _pushed(done, str(ref), dry_run)], after=after
    )


def _pushed(done: "Pushed", asset: str, dry_run: bool) -> str:
    plan, gone = done.plan, len(done.deleted)
    what = f"{len(plan.added)} added, {len(plan.changed)} changed, {gone} deleted"
    told = f"{what}, {size(done.sent_bytes)}"
    if dry_run:
        return f"Would be sent to {asset}: {told}. Nothing was changed."
    if done.version is not None:
        return f"Version {done.version} of {asset}: {told} sent."
    if done.holder is not None:
        return f"Nothing to push: version {done.holder} of {asset} holds these files."
    return f"Sent to {asset}: {told}. No version was made."


def pull(
    session: Session,
    version: MaybeVersion,
    folder: Into = None,
    path: OfPath = None,
    delete: Remove = False,
) -> Answer:
    """Fetch what differs of a version into a folder.

    It is the current version unless you say. Each file is proved, and appears whole; a file of yours that is
    in the way is moved to .avs/kept. What was cut off goes on with the same command.
    """
    named = parse(version)
    ref, client = meant.ref(named), session.client()
    root = folder or Path(named.asset)
    with _watched(session) as bar:
        done = client.pull(
            ref, root, version=meant.version(client, named), path=path, delete=delete, progress=bar
        )
    data = {
        "database": ref.database,
        "asset": ref.asset,
        "version": done.version,
        "folder": str(root),
        "fetched": done.fetched,
        "bytes": done.fetched_bytes,
        "same": done.same,
        "deleted": done.deleted,
        "kept": done.kept,
        "notHeld": done.unheld,
        "oddNames": done.odd,
        "gone": done.gone,
        "unproved": done.unproved,
    }
    told = (
        f"{counted(len(done.fetched), 'file')} fetched ({size(done.fetched_bytes)}), {done.same} as they were"
    )
    told += f", {len(done.deleted)} deleted" if done.deleted else ""
    lines = [f"Version {done.version} of {ref} in {root}: {told}."]
    return Answer(data, before=lines, after=_warnings(done), exit=Exit.OK if done.whole else Exit.INCOMPLETE)


def _warnings(done: "Pulled") -> list[str]:
    lines = _named("moved aside", {path: f"is in {place} now" for path, place in done.kept.items()})
    lines += _named("not here", done.unheld)
    lines += _named("lost", dict.fromkeys(done.gone, "has no bytes any more in the store"))
    lines += _named("odd name", done.odd)
    if done.unproved:
        lines.append(f"{counted(len(done.unproved), 'file')} could be proved by size alone.")
    return lines


def status(session: Session, folder: Here = Path()) -> Answer:
    """What differs here from the version last pulled or pushed."""
    found = session.client().status(folder)
    paths = {
        "added": [file.path for file in found.plan.added],
        "changed": [file.path for file in found.plan.changed],
        "deleted": [file.path for file in found.plan.missing],
    }
    data = {
        "database": found.about.database_id,
        "asset": found.about.asset_id,
        "folder": str(found.root),
        "path": found.about.path,
        "version": found.about.version,
        "url": found.about.url,
        "current": found.current or None,
        "same": len(found.plan.same),
        **paths,
    }
    after = [] if not found.plan.empty else ["Nothing differs here."]
    return Answer(
        data, before=_standing(found), after=[*_listed(paths), *after, *_named("no file", found.odd)]
    )


def _standing(found: "Status") -> list[str]:
    facts = found.about
    part = f", of it {facts.path}" if facts.path else ""
    lines = [f"{found.root}: {facts.database_id}/{facts.asset_id} at version {facts.version or '–'}{part}"]
    if found.asked != facts.url:
        lines.append(f"That was {facts.url}; {found.asked} is asked now, which may be another system.")
    if found.current and found.current != facts.version:
        asset = f"{facts.database_id}/{facts.asset_id}"
        lines.append(f"The current version is {found.current}: avs pull {asset} {found.root}")
    return lines


@contextmanager
def _watched(session: Session) -> Iterator[Bar]:
    """A bar, and a word to who stops it."""
    try:
        with Bar(shown=not session.as_json) as bar:
            yield bar
    except KeyboardInterrupt:
        session.say("What has arrived is kept; the same command goes on from there.")
        raise


def _listed(paths: Mapping[str, Iterable[str]]) -> list[str]:
    marks = {"added": "A", "changed": "M", "deleted": "D"}
    return [
        line for kind, some in paths.items() for line in _first([f"{marks[kind]}  {path}" for path in some])
    ]


def _named(word: str, reasons: Mapping[str, str]) -> list[str]:
    return _first([f"{word}: {path} {why}" for path, why in reasons.items()])


def _first(lines: list[str]) -> list[str]:
    more = len(lines) - SHOWN
    return [*lines[:SHOWN], f"… and {more} more"] if more > 0 else lines
