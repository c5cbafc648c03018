"""`avs publish`, `archive`, `unarchive`, `clone`, `delete`, `protect`, `tag`: what becomes of a version."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from avs import meant, waiting
from avs.frame import command
from avs.meant import MaybeVersion, VersionName
from avs.names import Named, parse, parse_version
from avs.output import Answer, Table
from avs.problems import usage
from avs.session import Session

if TYPE_CHECKING:
    from assetversions_client.lifecycle import Lifecycle, Outcome
    from assetversions_client.versions import Version

Comment = Annotated[
    str, typer.Option("-m", "--message", metavar="TEXT", help="The comment of the new version.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
Off = Annotated[bool, typer.Option("--off", help="Take the protection back.")]
Names = Annotated[
    list[str] | None, typer.Argument(metavar="ALIAS", help="Nothing: show all names.", show_default=False)
]
Remove = Annotated[bool, typer.Option("--remove", help="Take these aliases away.")]
Move = Annotated[bool, typer.Option("--move", help="Take them from the version that has them.")]


def add(app: typer.Typer) -> None:
    for made in (publish, archive, unarchive, clone, delete, protect, tag):
        command(app, made.__name__)(made)


def publish(session: Session, version: VersionName) -> Answer:
    """Publish a version; the one before is archived."""
    return _done(
        session, parse_version(version), lambda versions, number: versions.publish(number), "published"
    )


def archive(session: Session, version: VersionName) -> Answer:
    """Archive a version: read-only, and out of the usual list."""
    return _done(
        session, parse_version(version), lambda versions, number: versions.archive(number), "archived"
    )


def unarchive(session: Session, version: VersionName) -> Answer:
    """Bring a version back to what it was before it was archived."""
    return _done(session, parse_version(version), lambda versions, number: versions.unarchive(number), "back")


def clone(session: Session, version: VersionName, message: Comment = "") -> Answer:
    """Make a new draft with the files of a version."""
    named = parse_version(version)
    return _done(
        session,
        named,
        lambda versions, number: versions.clone(number, message),
        f"made, a copy of {named.version}",
    )


def delete(session: Session, version: VersionName, yes: Yes = False) -> Answer:
    """Delete a version for good. Its record stays, its number is never used again."""
    named = parse_version(version)
    if not yes and not _sure(f"Delete {named} for good?"):
        raise usage(f"{named} was not deleted.")
    return _done(session, named, lambda versions, number: versions.delete(number), "deleted")


def protect(session: Session, version: VersionName, off: Off = False) -> Answer:
    """Let nobody archive or delete a version.

    The protection can be taken back.
    """
    return _done(
        session,
        parse_version(version),
        lambda versions, number: versions.protect(number, not off),
        "no longer protected" if off else "protected",
    )


def tag(
    session: Session, version: MaybeVersion, names: Names = None, remove: Remove = False, move: Move = False
) -> Answer:
    """Give a version more names, or show those that there are."""
    named = parse(version)
    if not names:
        return _tags(session, named)
    if named.version is None:
        raise usage(f"Which version of {version}?", f"Write avs tag {version}@3 {' '.join(names)}")

    client, ref = session.client(), meant.ref(named)
    rev = client.assets.get(ref).rev
    found = client.versions.get(ref, meant.version(client, named))
    missing = [name for name in names if name not in found.version_aliases]
    if remove and missing:
        raise usage(f"Version {found.number} is not called {', '.join(missing)}.")
    kept = [one for one in found.version_aliases if not (remove and one in names)]
    wanted = kept if remove else [*kept, *dict.fromkeys(missing)]
    client.lifecycle(ref).set_aliases(found.number, wanted, move=move, rev=rev)
    called = ", ".join(wanted) or "its number alone"
    return Answer(
        {"version": int(found.number), "aliases": wanted},
        before=[f"Version {found.number} is called {called}."],
    )


def _tags(session: Session, named: Named) -> Answer:

    found: list[Version] = list(session.client().versions.all(meant.ref(named), archived=True))
    pairs = [(alias, one.number) for one in found for alias in one.version_aliases]
    data = [{"alias": alias, "version": int(number)} for alias, number in pairs]
    return Answer(data, Table(["ALIAS", "VERSION"], pairs))


def _done(session: Session, named: Named, do: "Callable[[Lifecycle, str], Outcome]", word: str) -> Answer:

    client, ref = session.client(), meant.ref(named)
    outcome = do(client.lifecycle(ref), meant.version(client, named))
    number = waiting.number(session, ref, outcome)
    return Answer(
        {"database": named.database, "asset": named.asset, "version": number},
        before=[f"Version {number} of {ref} is {word}."],
    )


def _sure(question: str) -> bool:
    if not sys.stdin.isatty():
        raise usage("Nobody is there to be asked.", "Say --yes.")
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")
