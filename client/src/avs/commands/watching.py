"""`avs watch`: a version of a folder whenever it has come to rest, and what else happens to its asset."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from assetversions_client import errors

from avs import meant, saying
from avs.frame import command
from avs.meant import AssetName
from avs.names import parse_asset
from avs.output import clean, to_json, when
from avs.problems import usage
from avs.session import Session

if TYPE_CHECKING:
    from assetversions_client import AssetRef, Client
    from assetversions_client.history import Event, History

POLL_SECONDS = 2.0
# Every so many polls the service is asked, too.
ASK_EVERY = 3
# What may pass by itself: it is said, and tried again.
PASSING = (errors.Busy, errors.Conflict, errors.LocalFault, errors.Incomplete)

Place = Annotated[
    Path | None, typer.Argument(metavar="FOLDER", help="Whose changes become versions.", show_default=False)
]
Quiet = Annotated[int, typer.Option("--quiet", metavar="SECONDS", min=2, help="So long nothing changes.")]
Delete = Annotated[bool, typer.Option("--delete", help="Hide files that are gone from the folder, too.")]


def add(app: typer.Typer) -> None:
    command(app, "watch")(watch)


def watch(
    session: Session, asset: AssetName, folder: Place = None, quiet: Quiet = 10, delete: Delete = False
) -> None:
    """Tell what happens to an asset; make versions of a folder.

    A folder becomes a version whenever it has come to rest. Ctrl-C ends it.
    """
    ref, client = meant.ref(parse_asset(asset)), session.client()
    if folder is not None and not folder.is_dir():
        raise usage(f"{folder} is no folder.")
    history, after = client.history(ref), ""
    while True:  # what was before is not told
        events, behind = history.since(after)
        if not events or behind == after:
            break
        after = behind
    watched = None if folder is None else Watched(client, ref, folder, quiet, delete)
    try:
        _watch(session, history, after, watched)
    except KeyboardInterrupt:
        return


def _watch(session: Session, history: "History", after: str, watched: "Watched | None") -> None:
    turn = 0
    while True:
        try:
            made = watched.turn(time.monotonic()) if watched else None
            if made is not None:
                _tell(session, {"pushed": made}, f"Version {made} of the folder.")
            if turn % ASK_EVERY == 0:
                events, after = history.since(after)
                for event in events:
                    _tell(session, saying.event(event), _line(event))
        except PASSING as error:
            session.say(f"{error} It is tried again.")
        turn += 1
        time.sleep(POLL_SECONDS)


class Watched:
    """A folder: how it was when it was looked at last, and when it was pushed."""

    def __init__(self, client: "Client", ref: "AssetRef", folder: Path, quiet: float, delete: bool) -> None:
        self._client = client
        self._ref = ref
        self._folder = folder
        self._quiet = quiet
        self._delete = delete
        self._seen: Any = None
        self._pushed: Any = None
        self._since = 0.0

    def turn(self, now: float) -> int | None:
        """Look, and push once it has come to rest; the version that came of it."""
        from assetversions_client.folders import Folder

        found = Folder(self._folder).scan().files
        if found != self._seen:
            self._seen, self._since = found, now
        if found == self._pushed or now - self._since < self._quiet:
            return None
        self._since = now  # where it fails, it rests before the next attempt
        done = self._client.push(self._folder, self._ref, delete=self._delete)
        self._pushed = found
        return done.version


def _tell(session: Session, data: dict[str, Any], line: str) -> None:
    print(to_json(data) if session.as_json else clean(line), flush=True)


def _line(event: "Event") -> str:
    version = f"  version {event.version.number}" if event.version else ""
    return f"{when(event.date_created)}  {event.event}{version}  by {event.created_by}"
