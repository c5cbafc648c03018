"""The `Records` port in memory."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assetversions.domain import lives
from assetversions.domain.commits import Change, Event
from assetversions.domain.errors import Conflict, LostRace, NotFound, UsedBefore, alias_taken
from assetversions.domain.event_log import ALIAS
from assetversions.domain.metadata import Metadata
from assetversions.domain.model import Asset, AssetRef, Database, Version
from assetversions.domain.once import Receipt
from assetversions.domain.ports.records import Marks
from assetversions.domain.tags import Vocabulary
from msgspec.structs import asdict, replace

from tests.support.faults import Faults
from tests.support.jobs import FakeJobs


@dataclass
class History:
    """What hangs below one asset."""

    versions: dict[int, Version] = field(default_factory=dict)
    aliases: dict[str, int] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)


class FakeRecords:
    """`rivals` are run, one for each commit, just before it: the others in a race."""

    def __init__(self, faults: Faults, jobs: FakeJobs | None = None) -> None:
        self._faults = faults
        self._jobs = jobs or FakeJobs(faults)
        self._databases: dict[str, Database] = {}
        self._said: dict[str, tuple[Metadata, int]] = {}
        self._vocabulary = Vocabulary()
        self._assets: dict[AssetRef, Asset] = {}
        self._uids: dict[int, AssetRef] = {}
        self._gone: dict[tuple[str, str], int] = {}
        self._history: dict[AssetRef, History] = {}
        self.rivals: list[Callable[[], object]] = []

    def database(self, database_id: str) -> Database | None:
        self._faults.step()
        return self._databases.get(database_id)

    def add_database(self, database: Database, receipt: Receipt | None = None) -> None:
        self._faults.step()
        if database.database_id in self._databases:
            raise Conflict(f"Database '{database.database_id}' exists already.")
        self._databases[database.database_id] = database

    def update_database(self, before: Database, after: Database, receipt: Receipt | None = None) -> None:
        self._faults.step()
        if before.database_id not in self._databases:
            raise NotFound("database", before.database_id)
        changed = {name: value for name, value in asdict(after).items() if value != getattr(before, name)}
        self._databases[before.database_id] = replace(self._databases[before.database_id], **changed)

    def delete_database(self, database_id: str, receipt: Receipt | None = None) -> None:
        self._faults.step()
        if self._databases.pop(database_id, None) is None:
            raise NotFound("database", database_id)
        self._said.pop(database_id, None)

    def databases(self, after: str | None, page: int) -> Iterator[Database]:
        for database_id in sorted(self._databases):
            if after is None or database_id > after:
                self._faults.step()
                yield self._databases[database_id]

    def database_ids(self, after: str | None) -> Iterator[str]:
        return (one.database_id for one in self.databases(after, 1000))

    def databases_of(self, database_ids: Iterable[str], page: int) -> Iterator[Database]:
        for database_id in database_ids:
            self._faults.step()
            if database_id in self._databases:
                yield self._databases[database_id]

    def said(self, database_id: str) -> tuple[Metadata, int]:
        self._faults.step()
        return self._said.get(database_id, ((), 0))

    def say(self, database_id: str, metadata: Metadata, times: int, receipt: Receipt | None = None) -> None:
        self._faults.step()
        if self._said.get(database_id, ((), 0))[1] != times:
            raise LostRace("Something else was said of it first.")
        self._said[database_id] = metadata, times + 1

    def vocabulary(self, lately: bool = False) -> Vocabulary:
        self._faults.step()
        return self._vocabulary

    def define(self, after: Vocabulary, receipt: Receipt | None = None) -> None:
        self._faults.step()
        if after.times != self._vocabulary.times:
            raise LostRace("Other tags were defined first.")
        self._vocabulary = replace(after, times=after.times + 1)

    def asset(self, ref: AssetRef) -> Asset | None:
        self._faults.step()
        return self._assets.get(ref)

    def asset_called(self, ref: AssetRef) -> Asset | None:
        self._faults.step()
        return next((one for known, one in self._assets.items() if _public(known) == _public(ref)), None)

    def ref_of(self, uid: int) -> AssetRef | None:
        self._faults.step()
        return self._uids.get(uid)

    def free(self, ref: AssetRef) -> AssetRef:
        self._faults.step()
        gone = self._gone.get(_public(ref), 0)
        return AssetRef(ref.database_id, lives.in_life(ref.public_id, gone + 1))

    def asset_by_uid(self, uid: int) -> Asset | None:
        self._faults.step()
        return next((asset for asset in self._assets.values() if asset.uid == uid), None)

    def add_asset(self, asset: Asset, receipt: Receipt | None = None) -> None:
        self._faults.step()
        if asset.ref.database_id not in self._databases:
            raise NotFound("database", asset.ref.database_id)
        if any(_public(known) == _public(asset.ref) for known in self._assets):
            raise Conflict(f"Asset '{asset.ref.public_id}' exists already.")
        if self._gone.get(_public(asset.ref), 0) != lives.life(asset.ref.asset_id) - 1:
            raise UsedBefore("There was such an asset.")
        self._uids[asset.uid] = asset.ref
        self._assets[asset.ref] = asset

    def assets(
        self, database_id: str, after: str | None, page: int, within: Marks | None = None
    ) -> Iterator[Asset]:
        refs = (
            ref
            for ref, asset in self._assets.items()
            if ref.database_id == database_id
            and (
                within is None
                or within & {("asset_id", ref.public_id), *(("tags", tag) for tag in asset.tags)}
            )
        )
        for ref in sorted(refs, key=lambda ref: ref.public_id):
            if after is None or ref.public_id > after:
                self._faults.step()
                yield self._assets[ref]

    def version(self, ref: AssetRef, number: int) -> Version | None:
        self._faults.step()
        return self._of(ref).versions.get(number)

    def versions(
        self, ref: AssetRef, start: int | None, page: int, oldest_first: bool = False
    ) -> Iterator[Version]:
        versions = self._of(ref).versions
        for number in sorted(versions, reverse=not oldest_first):
            if start is None or (number > start if oldest_first else number < start):
                self._faults.step()
                yield versions[number]

    def with_version(
        self, assets: Iterator[Asset], number: Callable[[Asset], int | None], page: int
    ) -> Iterator[tuple[Asset, Version | None]]:
        for asset in assets:
            yield asset, self._of(asset.ref).versions.get(number(asset) or 0)

    def numbered(self, ref: AssetRef, numbers: Sequence[int]) -> Iterator[Version]:
        for number in numbers:
            self._faults.step()
            if number in self._of(ref).versions:
                yield self._of(ref).versions[number]

    def alias(self, ref: AssetRef, name: str) -> int | None:
        self._faults.step()
        return self._of(ref).aliases.get(name)

    def named(self, ref: AssetRef, event_id: str) -> dict[str, int]:
        self._faults.step()
        last: dict[str, int] = {}
        for event in self._of(ref).events:
            if event.event_id <= event_id:
                last |= {move.name: int(move.after or 0) for move in event.moves if move.what == ALIAS}
        return {name: number for name, number in sorted(last.items()) if number}

    def events(
        self, ref: AssetRef, start: str | None, page: int, oldest_first: bool = False
    ) -> Iterator[Event]:
        events = self._of(ref).events
        for event in sorted(events, key=lambda event: event.event_id, reverse=not oldest_first):
            if start is None or (event.event_id > start if oldest_first else event.event_id < start):
                self._faults.step()
                yield event

    def audit(self, ref: AssetRef) -> list[Event]:
        """Not of the port: every event in the order of the commits, for tests to read."""
        return list(self._of(ref).events)

    def renew(self, asset: Asset, until: datetime) -> None:
        self._faults.step()
        stored = self._assets.get(asset.ref)
        if stored is None or asset.lease is None or stored.lease != asset.lease:
            raise LostRace("The lease has changed.")
        self._assets[asset.ref] = replace(stored, lease=replace(asset.lease, until=until))

    def commit(self, change: Change, receipt: Receipt | None = None) -> None:
        if self.rivals:
            self.rivals.pop(0)()
        self._faults.step()
        ref, history = change.before.ref, self._of(change.before.ref)
        self._check(change, history)
        self._assets[ref] = change.after
        if change.deletes:
            self._gone[_public(ref)] = lives.life(ref.asset_id)
            del self._assets[ref]
        for version in (*change.updated, *([change.created] if change.created else [])):
            history.versions[version.number] = version
        for name, _, number in change.aliases:
            if number is None:
                del history.aliases[name]
            else:
                history.aliases[name] = number
        history.events.append(change.event)
        self._faults.step()  # it is stored, and the caller may still never hear of it

    def _check(self, change: Change, history: History) -> None:
        ref = change.before.ref
        stored = self._assets.get(ref)
        if stored is None or (stored.rev, stored.lease) != (change.before.rev, change.before.lease):
            raise LostRace("Another commit came first.")
        if change.created is not None and change.created.number in history.versions:
            raise LostRace("Another commit came first.")
        for name, before, number in change.aliases:
            if number is not None and history.aliases.get(name) != before:
                raise LostRace("The alias has moved.") if before else alias_taken(name)
        if change.job is not None:
            self._jobs.succeed(change.job, change.event)

    def _of(self, ref: AssetRef) -> History:
        return self._history.setdefault(ref, History())


def _public(ref: AssetRef) -> tuple[str, str]:
    return ref.database_id, ref.public_id
