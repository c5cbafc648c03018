"""The promises of the store, under random requests, jobs, uploads, losses, races and crashes."""

from datetime import UTC, datetime
from typing import Any

import pytest
from assetversions.domain.commands.history import CompareVersions, Pointer, VerifyVersion
from assetversions.domain.commands.versions import (
    ArchiveVersion,
    CloneVersion,
    CreateVersion,
    PublishVersion,
    RevertVersion,
    UnarchiveVersion,
    UpdateVersion,
)
from assetversions.domain.errors import Invalid
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.clone_version import clone_version
from assetversions.operations.versions.compare_versions import compare_versions
from assetversions.operations.versions.create_version import create_version
from assetversions.operations.versions.publish_version import publish_version
from assetversions.operations.versions.revert_version import revert_version
from assetversions.operations.versions.unarchive_version import unarchive_version
from assetversions.operations.versions.update_version import update_version
from assetversions.operations.versions.verify_version import verify_version
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.property.promises_machine import Machine
from tests.property.promises_model import difference, facts, restored, selected, to_copy, to_delete
from tests.support import EVERYTHING, REF, Crash, Failure, number

PATHS = st.sampled_from(["a", "b", "dir/c", "größe"])
PARTS = st.sampled_from([(), (), ("a",), ("dir/",), ("dir/", "größe", "b"), ("nowhere",)])
BODIES = st.sampled_from([None, b"", b"x", b"yy"])
ALIASES = st.sampled_from(["gold", "silver"])
NUMBERS = st.integers(1, 6)
LEASE_SECONDS = 60


class Promises(Machine):
    """What clients do, and what each request must come to."""

    @initialize(paths=st.lists(PATHS))
    def some_files(self, paths: list[str]) -> None:
        for path in paths:
            self.world.files.put(REF, path, b"first")

    @rule(at=st.integers(1, 20), fault=st.sampled_from([Crash, Failure]))
    def the_next_request_crashes_or_fails(self, at: int, fault: type[BaseException]) -> None:
        self.fault = at, fault()

    @rule(seconds=st.sampled_from([1, 2, 3, LEASE_SECONDS]))
    def time_passes(self, seconds: int) -> None:
        self.world.clock.advance(seconds)

    @rule(path=PATHS, body=BODIES)
    def upload_or_delete(self, path: str, body: bytes | None) -> None:
        self.world.files.put(REF, path, body)

    @rule(path=PATHS, index=st.integers(0, 3))
    def purge_an_old_object_version(self, path: str, index: int) -> None:
        """Not one of two with the same bytes in the same second: S3's listing can't tell them apart."""
        history = self.world.files.history(REF, path)
        facts = [(one.body, one.modified) for one in history]
        old = [
            one for one in history[:-1] if one.body is not None and facts.count((one.body, one.modified)) == 1
        ]
        for one in old[index : index + 1]:
            self.world.files.purge(REF, path, one.version_id)
            self.purged.add((path, one.version_id))

    @rule(alias=st.none() | ALIASES, allow_empty=st.booleans(), background=st.booleans())
    def create(self, alias: str | None, allow_empty: bool, background: bool) -> None:
        working = self.working
        facts: dict[str, Any] = {"allow_empty": allow_empty, "background": background}
        version = self.made(create_version, CreateVersion(REF, alias=alias, **facts))
        assert version is None or self.world.content(version) == working
        assert version is None or working or allow_empty

    @rule(alias=ALIASES)
    def create_after_a_rival(self, alias: str) -> None:
        self.world.records.rivals = [lambda: self.world.run(create_version, CreateVersion(REF))]
        version = self.made(create_version, CreateVersion(REF, alias=alias))
        self.world.records.rivals = []
        assert version is None or version.number == self.world.head().latest

    @rule(path=PATHS)
    def create_from_a_pin(self, path: str) -> None:
        entries = {entry.path: entry for entry in self.world.files.snapshot(REF, None)}
        if path in entries:
            version = self.made(create_version, CreateVersion(REF, pins={path: entries[path].version_id}))
            assert version is None or self.world.manifest(version) == [entries[path]]

    @precondition(lambda self: self.past)
    @rule(back=st.integers(0, 4), allow_empty=st.booleans(), background=st.booleans())
    def create_as_of(self, back: int, allow_empty: bool, background: bool) -> None:
        """Of a path that lost object versions nobody can tell what it was."""
        second = sorted(self.past, reverse=True)[min(back, len(self.past) - 1)]
        facts: dict[str, Any] = {"as_of": datetime.fromtimestamp(second, UTC), "allow_empty": allow_empty}
        version = self.made(create_version, CreateVersion(REF, background=background, **facts))
        if version is not None:
            assert version.files or allow_empty
            unsure = {path for path, _ in self.purged}
            held = self.world.content(version)
            assert unsure.issuperset(difference(held, self.past[second]))

    @precondition(lambda self: self.seen)
    @rule(to=NUMBERS, paths=PARTS, skip=st.booleans(), background=st.booleans())
    def revert(self, to: int, paths: tuple[str, ...], skip: bool, background: bool) -> None:
        to = min(to, max(self.seen))
        working, target = self.working, self.seen[to][1]
        lost = self.lost(to) & to_copy(working, target, paths)
        options: dict[str, Any] = {"paths": paths, "skip_missing": skip, "background": background}
        version = self.made(revert_version, RevertVersion(REF, number(to), **options))
        if version is not None:
            assert skip or not lost
            assert self.working == restored(working, target, paths, lost)
            assert facts(self.world.manifest(version)) == facts(self.world.files.snapshot(REF))

    @precondition(lambda self: self.seen)
    @rule(to=NUMBERS, paths=PARTS)
    def a_dry_run_tells_and_changes_nothing(self, to: int, paths: tuple[str, ...]) -> None:
        to = min(to, max(self.seen))
        working, target, before = self.working, self.seen[to][1], self.world.head()
        plan = self.send(revert_version, RevertVersion(REF, number(to), paths=paths, dry_run=True))
        assert (self.working, self.world.head()) == (working, before)
        if plan is not None:
            lost = self.lost(to) & to_copy(working, target, paths)
            assert {entry.path for entry in plan.copy} == to_copy(working, target, paths) - lost
            assert set(plan.delete) == to_delete(working, target, paths)
            assert {entry.path for entry in plan.missing} == lost

    @precondition(lambda self: self.seen)
    @rule(to=NUMBERS, paths=PARTS)
    def repeating_a_revert_finishes_it(self, to: int, paths: tuple[str, ...]) -> None:
        """Once whatever other restore was cut off before lets go."""
        to = min(to, max(self.seen))
        self.world.clock.advance(LEASE_SECONDS)
        working, target = self.working, self.seen[to][1]
        lost = self.lost(to) & to_copy(working, target, paths)
        command = RevertVersion(REF, number(to), paths=paths, skip_missing=True)
        self.send(revert_version, command)
        ever = self.world.files.ever
        known = {*working, *target}
        if all(any(selected(path, (one,)) for path in known) or any(ever(REF, [one])) for one in paths):
            self.world.run(revert_version, command)
            assert self.working == restored(working, target, paths, lost)
        else:
            with pytest.raises(Invalid, match="paths"):
                self.world.run(revert_version, command)
            assert self.working == working

    @precondition(lambda self: self.seen)
    @rule(of=NUMBERS, background=st.booleans())
    def verify(self, of: int, background: bool) -> None:
        of = min(of, max(self.seen))
        found = self.send(verify_version, VerifyVersion(REF, number(of), background))
        if found is not None:
            report = found.report if background else found.findings
            assert (report["missing"], report["wrong"]) == (sorted(self.lost(of)), len(self.lost(of)))
            assert (report["altered"], report["damaged"]) == ([], [])

    @precondition(lambda self: self.seen)
    @rule(a=NUMBERS, b=st.none() | NUMBERS)
    def compare(self, a: int, b: int | None) -> None:
        """With another version, or with the working files."""
        a = min(a, max(self.seen))
        right = Pointer.WORKING if b is None else number(min(b, max(self.seen)))
        held = self.working if b is None else self.seen[min(b, max(self.seen))][1]
        found = self.send(compare_versions, CompareVersions(REF, number(a), right, EVERYTHING))
        if found is not None:
            paths = [(left or new).path for left, new in found.files]
            assert paths == difference(self.seen[a][1], held)

    @rule(of=NUMBERS, alias=ALIASES | st.just(""), comment=st.none() | st.just("better"))
    def update(self, of: int, alias: str, comment: str | None) -> None:
        self.send(update_version, UpdateVersion(REF, number(of), alias=alias, comment=comment))

    @rule(of=NUMBERS, names=st.permutations(["gold", "silver", "green"]), move=st.booleans())
    def name(self, of: int, names: list[str], move: bool) -> None:
        some = names[: of % 4] or [""]
        facts: dict[str, Any] = {"other_aliases": tuple(some[1:]), "move_alias": move}
        self.send(update_version, UpdateVersion(REF, number(of), some[0], **facts))

    @precondition(lambda self: self.seen)
    @rule(of=NUMBERS, publish=st.booleans())
    def clone(self, of: int, publish: bool) -> None:
        of = min(of, max(self.seen))
        version = self.made(clone_version, CloneVersion(REF, number(of), publish=publish))
        if version is not None:
            assert not self.lost(of)
            assert self.world.content(version) == self.seen[of][1]

    @precondition(lambda self: self.seen)
    @rule(of=NUMBERS)
    def publish(self, of: int) -> None:
        of = min(of, max(self.seen))
        if self.made(publish_version, PublishVersion(REF, number(of))) is not None:
            assert not self.lost(of)
            assert self.world.head().published == of

    @rule(of=NUMBERS, keep_current=st.booleans())
    def archive(self, of: int, keep_current: bool) -> None:
        self.send(archive_version, ArchiveVersion(REF, number(of), keep_current=keep_current))

    @rule(of=NUMBERS)
    def unarchive(self, of: int) -> None:
        self.send(unarchive_version, UnarchiveVersion(REF, number(of)))


TestPromises = Promises.TestCase
