"""What the journal remembers of what we did to files: S3's dates and events do not tell it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from assetversions.domain.journal import ChangeKind, Closed
from assetversions.domain.model import Asset
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import FileChange
from assetversions.domain.uploads import GIVEN_UP_AFTER, OPEN_FOR

DAY = timedelta(days=1)
# An upload that ends at the last moment takes a while; and clocks differ.
LATEST = OPEN_FOR + timedelta(minutes=15)
CLOCKS_APART = timedelta(minutes=1)


class Made(NamedTuple):
    """An object version became visible at `at`; or, where something newer stood there, it never was."""

    at: datetime
    hidden: bool


class Ours:
    """Our own changes of an asset's files, read from its journal by the day."""

    def __init__(self, services: Services, asset: Asset) -> None:
        self._services = services
        self._asset = asset
        self._made: dict[str, Made] = {}
        # By path, between which moments we have hidden files: S3 does not tell us which marker that made.
        self._hidden: dict[str, list[tuple[datetime, datetime]]] = {}
        self._days: set[datetime] = set()
        self._told: dict[tuple[str, str], datetime] = {}
        self._told_days: set[datetime] = set()

    def of(self, row: ObjectVersion) -> Made | None:
        """None for what came of no upload of ours, or of one that has not ended."""
        if row.version_id not in self._made:
            self._load_from(datetime.fromtimestamp(row.modified, UTC))
        return self._made.get(row.version_id)

    def did(self, told: FileChange) -> bool:
        """Whether what S3 tells is a change of our own."""
        if told.object_version in self._made:
            return True
        self._load_from(told.at)
        hidden = self._hidden.get(told.path, ()) if told.kind is ChangeKind.DELETE else ()
        return told.object_version in self._made or any(
            begun - CLOCKS_APART <= told.at <= done + CLOCKS_APART for begun, done in hidden
        )

    def told_at(self, row: ObjectVersion) -> datetime | None:
        """When others made it visible, as S3's events tell; None where they have not."""
        begun = datetime.fromtimestamp(row.modified, UTC)
        for day in self._days_between(begun, begun + GIVEN_UP_AFTER + DAY):
            if day not in self._told_days:
                self._told_days.add(day)
                self._learn_told(self._services.journal.told(self._asset.ref, day, day + DAY))
        return self._told.get((row.path, row.version_id))

    def _learn_told(self, told: Iterable[Closed]) -> None:
        for state in (state for closed in told for state in closed.paths):
            if state.after is not None and state.at is not None:
                self._told[state.path, state.after] = datetime.fromtimestamp(state.at, UTC)

    def learn(self, closed: Closed) -> None:
        """An end that was noted twice counts from the first time on: the second found what it had made."""
        shown, hidden = Made(closed.closed_at, False), Made(closed.closed_at, True)
        for state in closed.paths:
            if state.after is None:
                self._hidden.setdefault(state.path, []).append((closed.opened_at, closed.closed_at))
            known = self._made.get(state.after or "")
            if state.after is not None and (known is None or closed.closed_at < known.at):
                self._made[state.after] = shown if state.newest is None else hidden

    def _load_from(self, begun: datetime) -> None:
        """What may be of a change that began then."""
        for day in self._days_between(begun - CLOCKS_APART, begun + LATEST):
            self._load(day)

    def _days_between(self, first: datetime, last: datetime) -> Iterator[datetime]:
        """Where each begins, from the asset's first one up to now: files may be older than their asset."""
        first = max(first, self._asset.created_at - CLOCKS_APART)
        day = first.replace(hour=0, minute=0, second=0, microsecond=0)
        while day <= min(last, self._services.now()):
            yield day
            day += DAY

    def _load(self, day: datetime) -> None:
        if day not in self._days:
            self._days.add(day)
            for closed in self._services.journal.history(self._asset.ref, day, day + DAY):
                self.learn(closed)
