"""What S3's events tell: which object changed, how and when; they come at least once, in any order."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from assetversions.domain.journal import ChangeKind, PathState

KINDS = {"Object Created": ChangeKind.PUT, "Object Deleted": ChangeKind.DELETE}
DESTROYED = "Permanently Deleted"
# S3 tries a notification out where one is set up.
TRIAL = "s3:TestEvent"
# Around any other one there are days that a clock can't tell.
YEARS = range(2006, 9999)


class Unreadable(Exception):
    """A message that is no event of S3's."""


class Told(NamedTuple):
    """An event: `version` is the object version or delete marker, None where one was destroyed for good.

    Of the events of one key that with the highest `order` came last. S3 says to fill up the shorter one with
    zeros on its right, and to compare texts then: so texts as they are do as well.
    """

    key: str
    kind: ChangeKind
    version: str | None
    at: int
    order: str


class Arrival(NamedTuple):
    """What an event tells of a path of an asset."""

    path: str
    told: Told


def told(event: Mapping[str, Any]) -> Told | None:
    """An event as EventBridge hands it on, its key as it is; None for a trial."""
    try:
        if event.get("Event") == TRIAL:
            return None
        detail, kind = event["detail"], KINDS[event["detail-type"]]
        thing = detail["object"]
        destroyed = kind is ChangeKind.DELETE and detail.get("deletion-type") == DESTROYED
        version = None if destroyed else _text(thing.get("version-id", "null"))
        return Told(
            _text(thing["key"]), kind, version, _seconds(event["time"]), _text(thing.get("sequencer", ""))
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"It is no event of S3's: {error!r}") from error


def _text(value: Any) -> str:
    """TypeError, or ValueError, for what is no text, or none that can be written."""
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    value.encode()
    return value


def _seconds(text: str) -> int:
    moment = datetime.fromisoformat(text)
    if moment.year not in YEARS:
        raise ValueError(f"{text} is no time of S3's")
    return int(moment.timestamp())


def states(arrivals: Iterable[Arrival], kind: ChangeKind) -> list[PathState]:
    """What happened in this way, by path and each in its order; what was told twice is there once."""
    mine = (one for one in arrivals if one.told.kind is kind)
    found = {(one.path, one.told.order, one.told.version or ""): one.told for one in mine}
    return [PathState(key[0], None, found[key].version, at=found[key].at) for key in sorted(found)]
