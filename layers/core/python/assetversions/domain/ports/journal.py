"""The journal, as the operations need it: what is changing in an asset, and what has changed."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from assetversions.domain.journal import ChangeSet, Closed, PathState
from assetversions.domain.model import AssetRef


class Journal(Protocol):
    """The change sets of an asset that no version has taken in yet, and the history of its files."""

    def open(self, ref: AssetRef, change: ChangeSet, paths: Sequence[PathState]) -> None:
        """Store the paths, then the set; the paths of an open set of this id are replaced."""

    def claim(
        self, ref: AssetRef, change: ChangeSet, paths: Sequence[PathState], seen: ChangeSet | None
    ) -> None:
        """As `open`, where the open set of this id is still as it was `seen`; LostRace where it is not."""

    def sets(self, ref: AssetRef) -> list[ChangeSet]:
        """All that are open, and those closed that no version has taken in."""

    def get(self, ref: AssetRef, set_id: str) -> ChangeSet | None:
        """The open set of this id: those that were closed may be several."""

    def paths(self, ref: AssetRef, change: ChangeSet) -> list[PathState]:
        """Of a set, as it was read; nothing once it has been dropped, unless it came with its paths."""

    def close(self, ref: AssetRef, change: ChangeSet, paths: Sequence[PathState]) -> None:
        """Keep what became of each path as history, then call the set closed.

        LostRace where it is not open any more, or not as it was.
        """

    def record(self, ref: AssetRef, change: ChangeSet, paths: Sequence[PathState]) -> None:
        """Keep a foreign change, which is closed from the start; the same one again does no harm."""

    def drop(self, ref: AssetRef, set_ids: Collection[str]) -> None:
        """Forget open sets."""

    def consume(self, ref: AssetRef, sets: Collection[ChangeSet]) -> None:
        """Forget those of these sets that are as they were seen: a version has taken them in."""

    def outcome(self, ref: AssetRef, set_id: str, closed_at: datetime) -> list[PathState]:
        """The history that a closed set has left."""

    def history(self, ref: AssetRef, since: datetime, before: datetime) -> Iterator[Closed]:
        """What our own sets have left that were closed from `since` on, in the order of their closing."""

    def recent(self, ref: AssetRef, before: tuple[datetime, str] | None) -> Iterator[tuple[Closed, int]]:
        """What our own sets have left, newest first: the first paths of each, and how many it has.

        It begins below the set that was closed at that moment under that id.
        """

    def told(self, ref: AssetRef, since: datetime, before: datetime) -> Iterator[Closed]:
        """The same of foreign changes, by when we were told."""

    def long(self, ref: AssetRef, since: datetime) -> Iterator[Closed]:
        """The same of all that were closed from then on and had been open for longer than `LONG`."""

    def left_by(self, ref: AssetRef, set_id: str) -> Iterator[Closed]:
        """The same of all archivings of a folder that had this id."""
