"""`avs ls`, `log`, `show`, `diff` and `cat`: what there is, and what it was."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from avs import meant, saying
from avs.frame import command
from avs.meant import AssetName, MaybeVersion
from avs.names import WORKING, Named, parse, parse_asset
from avs.output import Answer, Table, counted, size, when
from avs.problems import usage
from avs.session import Session

if TYPE_CHECKING:
    from assetversions_client import Client
    from assetversions_client.comparing import Change, Comparison
    from assetversions_client.versions import Version

COLUMNS = ["VERSION", "STATE", "ALIASES", "WHEN", "WHO", "FILES", "COMMENT"]
MARKS = {"added": "A", "removed": "D", "changed": "M"}

What = Annotated[
    str | None,
    typer.Argument(metavar="DB | DB/ASSET[@VERSION]", help="Nothing: all databases.", show_default=False),
]
Below = Annotated[str, typer.Argument(metavar="PATH", help="Only what begins so.", show_default=False)]
Archived = Annotated[bool, typer.Option("--archived", help="Archived ones, too.")]
Number = Annotated[int | None, typer.Option("-n", metavar="COUNT", min=1, help="The newest so many.")]
Other = Annotated[str | None, typer.Argument(metavar="B", help="A version of the same asset, or working.")]
Stat = Annotated[bool, typer.Option("--stat", help="Only how much.")]
Path = Annotated[
    str, typer.Argument(metavar="PATH", help="The file's path in the asset.", show_default=False)
]


def add(app: typer.Typer) -> None:
    command(app, "ls")(ls)
    command(app, "log")(log)
    command(app, "show")(show)
    command(app, "diff")(diff)
    command(app, "cat")(cat)


def ls(session: Session, what: What = None, below: Below = "", archived: Archived = False) -> Answer:
    """List databases, the assets of one, or the files of an asset.

    The files are those of now, or as a version has them.
    """
    if what is None:
        return _databases(session)
    if "/" not in what:
        return _assets(session, what, archived)
    return _files(session, parse(what), below)


def _databases(session: Session) -> Answer:

    found = list(session.client().databases.all())
    rows = [[one.database_id, one.description] for one in found]
    return Answer([saying.database(one) for one in found], Table(["DATABASE", "DESCRIPTION"], rows))


def _assets(session: Session, database: str, archived: bool) -> Answer:

    found = [one for one in session.client().assets.all(database) if archived or one.status != "archived"]
    rows = [
        [one.asset_id, str(one.current or "–"), one.status, ", ".join(one.tags), one.asset_name]
        for one in found
    ]
    table = Table(["ASSET", "VERSION", "STATUS", "TAGS", "NAME"], rows)
    return Answer([saying.asset(one) for one in found], table)


def _files(session: Session, named: Named, below: str) -> Answer:

    client, ref = session.client(), meant.ref(named)
    found: list[dict[str, Any]]
    if named.version in (None, WORKING):
        found = [
            {"path": one.relative_key, "size": one.size, "etag": one.etag, "objectVersion": one.version_id}
            for one in client.files.all(ref)
        ]
    else:
        held = client.versions.all_files(ref, meant.version(client, named)).files
        found = [
            {"path": one.relative_key, "size": one.size, "etag": one.etag, "objectVersion": one.version_id}
            for one in held
        ]
    start = below.removeprefix("/")
    found = [one for one in found if one["path"].startswith(start)]
    rows = [[size(one["size"]), one["path"]] for one in found]
    return Answer(found, Table(["SIZE", "PATH"], rows))


def log(session: Session, asset: AssetName, archived: Archived = False, count: Number = None) -> Answer:
    """The versions of an asset, newest first; * is the current one."""
    from itertools import islice

    ref = meant.ref(parse_asset(asset))
    versions = session.client().versions.all(ref, archived=archived)
    found = [one for one in islice(versions, count) if one.number != "0"]
    table = Table(COLUMNS, [_row(one) for one in found])
    return Answer([saying.version(one) for one in found], table if found else None, after=_none(found))


def _none(found: "list[Version]") -> list[str]:
    return [] if found else ["There is no version yet. The first one: avs push FOLDER DB/ASSET"]


def _row(version: "Version") -> list[str]:
    return [
        f"{'* ' if version.is_current else ''}{version.number}",
        version.state + (" (protected)" if version.is_protected else ""),
        ", ".join(version.version_aliases),
        when(version.date_created),
        version.created_by,
        str(version.file_count if version.file_count is not None else "–"),
        version.comment or "",
    ]


def show(session: Session, version: MaybeVersion) -> Answer:
    """One version, and what it changed."""

    named, client = parse(version), session.client()
    ref = meant.ref(named)
    found = client.versions.get(ref, meant.version(client, named))
    earlier = [
        one for one in client.versions.all(ref) if int(one.number) < int(found.number) and one.number != "0"
    ]
    lines = [
        f"Version {found.number} of {ref}{' (current)' if found.is_current else ''}",
        f"State: {found.state}{', protected' if found.is_protected else ''}",
        f"Made: {when(found.date_created)} by {found.created_by}",
        f"Files: {found.file_count}, {size(found.total_size)}",
    ]
    lines += [f"Aliases: {', '.join(found.version_aliases)}"] if found.version_aliases else []
    lines += [f"Revision: {found.revision}"] if found.revision else []
    lines += [f"Comment: {found.comment}"] if found.comment else []
    data = saying.version(found) | {"bytes": found.total_size, "changes": None}
    if not earlier:
        return Answer(data, before=lines)
    changes = client.compare(ref, earlier[0].number, found.number)
    data["changes"] = saying.comparison(changes)
    return Answer(data, before=[*lines, "", f"Since version {changes.a.number}:", *_lines(changes)])


def diff(session: Session, a: MaybeVersion, b: Other = None, stat: Stat = False) -> Answer:
    """What differs between two versions: files, sizes, metadata.

    A marks what B has more, D what it has not, M what has changed, R a file of another name, m metadata.
    Without B, A is compared with the files of now.
    """

    named, client = parse(a), session.client()
    first = meant.version(client, named)
    found = client.compare(meant.ref(named), first, _other(client, named, b))
    lines = [_totals(found)] if stat else [*_lines(found), _totals(found)]
    return Answer(saying.comparison(found), before=lines)


def _other(client: "Client", named: Named, b: str | None) -> str:
    """B may be written in full, too."""
    if b is None:
        return WORKING
    if b.startswith(f"{named.database}/{named.asset}@"):
        return meant.version(client, parse(b))
    if "@" in b:
        raise usage(
            f"'{b}' is no version of {named.database}/{named.asset}: two versions of one asset are compared."
        )
    return meant.version(client, Named(named.database, named.asset, b))


def _lines(found: "Comparison") -> list[str]:
    """A rename is one line, and not two."""
    left = {one.before for one in found.renames.files}
    came = {one.after for one in found.renames.files}
    lines = [f"R  {one.before} → {one.after}" for one in found.renames.files]
    for one in found.files:
        hidden = left if one.status == "removed" else came if one.status == "added" else ()
        if one.relative_key not in hidden:
            lines.append(f"{MARKS.get(one.status, '?')}  {one.relative_key}  {_sizes(one)}")
    for said in found.metadata:
        before = said.a.metadata_value if said.a else "–"
        after = said.b.metadata_value if said.b else "–"
        lines.append(f"m  {said.file_path}  {said.metadata_key}: {before} → {after}")
    return lines


def _sizes(change: "Change") -> str:
    if change.a and change.b:
        return f"{size(change.a.size)} → {size(change.b.size)}"
    held = change.a or change.b
    return size(held.size) if held else ""


def _totals(found: "Comparison") -> str:
    totals, renamed = found.totals, found.renames.count
    parts = [
        f"{totals.added - renamed} added",
        f"{totals.changed} changed",
        f"{totals.removed - renamed} removed",
        *([f"{renamed} renamed"] if renamed else []),
    ]
    more = (
        f" ({counted(totals.unchecked, 'file')} of the changed not looked into)" if totals.unchecked else ""
    )
    sides = [f"{side.number} has {size(side.total_size)}" for side in (found.a, found.b)]
    return f"{', '.join(parts)}{more}; {', '.join(sides)}"


def cat(session: Session, version: MaybeVersion, path: Path) -> None:
    """The bytes of a file, now or as a version has it."""

    named, client = parse(version), session.client()
    wanted = None if named.version in (None, WORKING) else meant.version(client, named)
    link = client.files.link(meant.ref(named), path.removeprefix("/"), wanted)
    for chunk in client.http.chunks(link):
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()
