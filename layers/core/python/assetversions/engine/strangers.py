"""Which of the changes that S3's events tell are others' and not our own: events name no author."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from assetversions.domain.journal import ChangeKind, ChangeSet, Closed
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine.ours import CLOCKS_APART, DAY


class Told(NamedTuple):
    """One event: `after` is the object version, or the delete marker, that came to this path `at` a time."""

    kind: ChangeKind
    path: str
    after: str | None
    at: datetime


def told(services: Services, asset: Asset, sets: Iterable[ChangeSet]) -> list[Told]:
    """What the foreign ones among these sets say."""
    return [
        Told(change.kind, state.path, state.after, datetime.fromtimestamp(state.at, UTC))
        for change in sets
        if change.kind.foreign and change.closed_at is not None
        for state in services.journal.outcome(asset.ref, change.set_id, change.closed_at)
        if state.at is not None
    ]


def of_others(services: Services, asset: Asset, events: Collection[Told]) -> list[Told]:
    """Those that no change of our own has made, be it an upload.

    What we have put is known by its object version; what we have hidden by its time: S3 tells us no
    marker.
    """
    if not events:
        return []
    since = min(event.at for event in events) - CLOCKS_APART
    made: set[tuple[str, str | None]] = set()
    hidden: dict[str, list[Closed]] = {}
    for closed in services.journal.history(asset.ref, since, services.now() + DAY):
        if not closed.kind.foreign:
            made |= {(state.path, state.after) for state in closed.paths if state.after is not None}
            for state in closed.paths:
                if state.after is None:
                    hidden.setdefault(state.path, []).append(closed)

    def ours(event: Told) -> bool:
        if event.kind is not ChangeKind.DELETE:
            return (event.path, event.after) in made
        return any(_during(closed, event) for closed in hidden.get(event.path, ()))

    return [event for event in events if not ours(event)]


def _during(closed: Closed, event: Told) -> bool:
    return closed.opened_at - CLOCKS_APART <= event.at <= closed.closed_at + CLOCKS_APART
