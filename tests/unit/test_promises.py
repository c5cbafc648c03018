"""The promises of the store, under random requests, uploads, races and crashes."""

from typing import Any

from assetversions.domain.commands import (
    ArchiveVersion,
    CreateVersion,
    RevertVersion,
    UnarchiveVersion,
    UpdateVersion,
)
from assetversions.domain.errors import Error
from assetversions.domain.model import State, Version
from assetversions.operations.archive_version import archive_version
from assetversions.operations.create_version import create_version
from assetversions.operations.operation import Operation
from assetversions.operations.revert_version import revert_version
from assetversions.operations.unarchive_version import unarchive_version
from assetversions.operations.update_version import update_version
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.fakes import REF, Crash, World, number

PATHS = st.sampled_from(["a", "b", "dir/c", "größe"])
BODIES = st.sampled_from([None, b"", b"x", b"yy"])
ALIASES = st.sampled_from(["gold", "silver"])
NUMBERS = st.integers(1, 6)
CRASH_AT = st.none() | st.integers(1, 12)


class Promises(RuleBasedStateMachine):
    """Every version that was ever listed is remembered, and held against the store after each step."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World(chunk_target=2)
        self.seen: dict[int, tuple[Version, dict[str, bytes | None]]] = {}
        self.crash_at: int | None = None

    def send(self, operation: Operation, command: Any) -> Any:
        """Send a request that may be refused, or end with the process; None then."""
        if self.crash_at is not None:
            self.world.faults.arm(self.crash_at, Crash())
        try:
            return self.world.run(operation, command)
        except (Error, Crash):
            return None
        finally:
            self.world.faults.disarm()
            self.crash_at = None

    @initialize(paths=st.lists(PATHS))
    def some_files(self, paths: list[str]) -> None:
        for path in paths:
            self.world.files.put(REF, path, b"first")

    @rule(at=st.integers(1, 12))
    def the_next_request_crashes(self, at: int) -> None:
        self.crash_at = at

    @rule(seconds=st.integers(1, 3))
    def time_passes(self, seconds: int) -> None:
        self.world.clock.advance(seconds)

    @rule(path=PATHS, body=BODIES)
    def upload_or_delete(self, path: str, body: bytes | None) -> None:
        self.world.files.put(REF, path, body)

    @rule(alias=st.none() | ALIASES)
    def create(self, alias: str | None) -> None:
        working = self.world.files.contents(REF)
        done = self.send(create_version, CreateVersion(REF, alias=alias))
        if done:
            assert self.world.content(done.version) == working

    @rule(alias=ALIASES)
    def create_after_a_rival(self, alias: str) -> None:
        self.world.records.rivals = [lambda: self.world.run(create_version, CreateVersion(REF))]
        done = self.send(create_version, CreateVersion(REF, alias=alias))
        self.world.records.rivals = []
        assert done is None or done.version.number == self.world.head().latest

    @rule(path=PATHS)
    def create_from_a_pin(self, path: str) -> None:
        entries = {entry.path: entry for entry in self.world.files.snapshot(REF, None)}
        if path in entries:
            pins = {path: entries[path].version_id}
            done = self.send(create_version, CreateVersion(REF, pins=pins))
            assert done is None or self.world.manifest(done.version) == [entries[path]]

    @rule(to=NUMBERS)
    def revert(self, to: int) -> None:
        done = self.send(revert_version, RevertVersion(REF, number(to)))
        if done:
            assert self.world.content(done.version) == self.seen[to][1]
            assert self.world.files.contents(REF) == self.seen[to][1]

    @precondition(lambda self: self.seen)
    @rule(to=NUMBERS)
    def repeating_a_revert_finishes_it(self, to: int) -> None:
        to = min(to, max(self.seen))
        self.send(revert_version, RevertVersion(REF, number(to)))
        self.world.run(revert_version, RevertVersion(REF, number(to)))
        assert self.world.files.contents(REF) == self.seen[to][1]

    @rule(of=NUMBERS, alias=ALIASES | st.just(""), comment=st.none() | st.just("better"))
    def update(self, of: int, alias: str, comment: str | None) -> None:
        self.send(update_version, UpdateVersion(REF, number(of), alias=alias, comment=comment))

    @rule(of=NUMBERS, keep_current=st.booleans())
    def archive(self, of: int, keep_current: bool) -> None:
        self.send(archive_version, ArchiveVersion(REF, number(of), keep_current=keep_current))

    @rule(of=NUMBERS)
    def unarchive(self, of: int) -> None:
        self.send(unarchive_version, UnarchiveVersion(REF, number(of)))

    @invariant()
    def numbers_are_used_once_and_none_is_left_out(self) -> None:
        versions = self.world.versions()
        assert [version.number for version in versions] == list(range(len(versions), 0, -1))
        assert self.world.head().latest == len(versions)

    @invariant()
    def a_version_is_whole_and_its_content_never_changes(self) -> None:
        for version in self.world.versions():
            content = self.world.content(version)
            assert None not in content.values(), "every object version can be read"
            assert (version.files, version.bytes) == (len(content), sum(map(len, content.values())))
            before, held = self.seen.setdefault(version.number, (version, content))
            assert content == held
            assert version.manifest == before.manifest
            assert (version.created_at, version.origin) == (before.created_at, before.origin)

    @invariant()
    def there_is_one_current_version_as_soon_as_there_is_one(self) -> None:
        head = self.world.head()
        assert head.current == (max(self.seen) if self.seen else None)

    @invariant()
    def an_alias_names_one_version(self) -> None:
        carried = {one.alias: one.number for one in self.world.versions() if one.alias}
        assert len(carried) == sum(1 for one in self.world.versions() if one.alias)
        for alias in ("gold", "silver"):
            assert self.world.records.alias(REF, alias) == carried.get(alias)

    @invariant()
    def every_commit_is_on_record_and_moves_the_revision(self) -> None:
        assert self.world.head().rev == 1 + len(self.world.records.audit(REF))

    @invariant()
    def an_archived_version_remembers_its_state(self) -> None:
        for version in self.world.versions():
            assert (version.state is State.ARCHIVED) == (version.archived_from is not None)


TestPromises = Promises.TestCase
TestPromises.settings = settings(max_examples=60, stateful_step_count=30)
