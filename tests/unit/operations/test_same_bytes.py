"""Equal bytes that came cut into other parts are the same file: for a comparison, and for a restore."""

from typing import Any

import pytest
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.history import CompareVersions, Pointer
from assetversions.domain.commands.metadata import OfFile, PutAssetMetadata
from assetversions.domain.commands.versions import RevertVersion
from assetversions.domain.file_metadata import FileKind
from assetversions.domain.metadata import Metadatum, ValueType
from assetversions.domain.results.versions import Comparison
from assetversions.engine import telling
from assetversions.operations.metadata.put_asset_metadata import put_asset_metadata
from assetversions.operations.versions.compare_versions import compare_versions
from assetversions.operations.versions.revert_version import revert_version

from tests.support import EVERYTHING, REF, Crash, World, number

BODY = b"twelve bytes"
# How a file came, and how it came again.
TWICE = [
    ({"parts": 2}, {"parts": 3}),
    ({"parts": 2}, {}),
    ({}, {"parts": 3}),
    ({"parts": 1}, {"parts": 2}),
    ({"kms": True}, {"kms": True}),
    ({}, {"kms": True}),
    ({"parts": 2, "kms": True}, {"parts": 2, "kms": True}),
]


def put(world: World, body: bytes, path: str = "a.bin", **how: Any) -> None:
    world.clock.advance()
    world.files.put(REF, path, body, **how)


def two_versions(world: World, body: bytes, how: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """The first version lists the bucket, so that nothing is known of its checksums."""
    put(world, BODY, **how[0])
    world.create()
    put(world, body, **how[1])
    world.create()


def compare(world: World, left: Any = 1, right: Any = 2, page: Page = EVERYTHING) -> Comparison:
    one, other = (number(side) if isinstance(side, int) else side for side in (left, right))
    found: Comparison = world.run(compare_versions, CompareVersions(REF, one, other, page))
    return found


def changed(found: Comparison) -> list[str]:
    return [(old or new).path for old, new in found.files]  # type: ignore[union-attr]


def asked(world: World, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The object versions that S3 is asked about from now on."""
    seen: list[str] = []
    ask = world.files.with_checksums

    def counting(ref: Any, entries: Any) -> Any:
        seen.extend(entry.version_id for entry in entries)
        return ask(ref, entries)

    monkeypatch.setattr(world.files, "with_checksums", counting)
    return seen


@pytest.mark.parametrize("how", TWICE, ids=str)
def test_a_file_that_came_again_otherwise_is_not_changed(world: World, how: Any):
    two_versions(world, BODY, how)
    assert compare(world).files == compare(world, 2, 1).files == []
    assert compare(world, 1, Pointer.WORKING).files == []
    puts = world.files.puts(REF, "a.bin")
    world.run(revert_version, RevertVersion(REF, number(1)))
    assert world.files.puts(REF, "a.bin") == puts, "nothing was copied"


@pytest.mark.parametrize("how", TWICE, ids=str)
def test_other_bytes_of_the_same_size_are_changed_however_they_came(world: World, how: Any):
    two_versions(world, BODY.upper(), how)
    assert changed(compare(world)) == ["a.bin"]
    world.run(revert_version, RevertVersion(REF, number(1)))
    assert world.files.contents(REF) == {"a.bin": BODY}
    assert compare(world, 1, 3).files == [], "a copy has the bytes of its source"


def test_a_copy_has_the_bytes_of_a_third_upload_too(world: World):
    two_versions(world, BODY.upper(), ({"parts": 2}, {"parts": 2}))
    world.run(revert_version, RevertVersion(REF, number(1)))
    put(world, BODY, parts=3)
    world.create()
    assert compare(world, 3, 4).files == compare(world, 1, 4).files == []


def test_what_an_etag_tells_is_not_asked_for(world: World, monkeypatch: pytest.MonkeyPatch):
    two_versions(world, BODY.upper(), ({}, {"parts": 1}))
    seen = asked(world, monkeypatch)
    assert changed(compare(world)) == ["a.bin"]
    assert seen == []


def test_what_a_manifest_knows_is_not_asked_for(world: World, monkeypatch: pytest.MonkeyPatch):
    two_versions(world, BODY, ({"parts": 2}, {"parts": 3}))
    put(world, BODY, parts=4)
    world.create()
    seen = asked(world, monkeypatch)
    assert compare(world, 2, 3).files == []
    assert seen == []
    first, _ = world.manifest(world.versions()[-1]), compare(world)
    assert seen == [first[0].version_id], "the first version was made of a listing"


def test_a_file_whose_bytes_are_gone_counts_as_changed(world: World):
    two_versions(world, BODY, ({"parts": 2}, {"parts": 3}))
    (entry,) = world.manifest(world.versions()[-1])
    world.files.purge(REF, "a.bin", entry.version_id)
    assert changed(compare(world)) == ["a.bin"]


@pytest.mark.parametrize("checked", [True, False], ids=["with checksums", "without"])
@pytest.mark.parametrize("body", [BODY, BODY.upper()], ids=["the same bytes", "others"])
def test_a_job_that_crashes_copies_nothing_twice(body: bytes, checked: bool):
    """Where nothing tells whose copy it is, its mark does."""
    copies, at = int(body != BODY or not checked), 0
    while True:
        at += 1
        world = World()
        two_versions(world, body, ({"parts": 2, "checked": checked}, {"parts": 3, "checked": checked}))
        world.clock.advance()
        deferred = world.run(revert_version, RevertVersion(REF, number(1), background=True))
        world.faults.arm(at, Crash())
        world.work(deferred)
        assert world.files.contents(REF) == {"a.bin": BODY}
        assert world.files.puts(REF, "a.bin") == 2 + copies, at
        if not world.faults.disarm():
            break
    assert at > 5, "the crash must have met every call"


class TestManyQuestions:
    """Of many files that came again otherwise, every third has other bytes."""

    MANY = 20
    QUESTIONS = 6

    @pytest.fixture
    def many(self, world: World, monkeypatch: pytest.MonkeyPatch) -> World:
        monkeypatch.setattr(telling, "PAIRS", self.QUESTIONS)
        monkeypatch.setattr(telling, "AT_ONCE", 4)
        paths = [f"{index:02d}" for index in range(self.MANY)]
        for path in paths:
            put(world, BODY, path, parts=2)
        world.create()
        for index, path in enumerate(paths):
            put(world, BODY if index % 3 else BODY.upper(), path, parts=3)
        world.create()
        return world

    @pytest.mark.parametrize("size", [1, 2, 5, 100])
    def test_pages_end_early_and_are_the_whole_laid_end_to_end(self, many: World, size: int):
        different, cursor, pages = [], None, 0
        while True:
            found = compare(many, page=Page(size, cursor))
            different += changed(found)
            pages += 1
            if (cursor := found.cursor) is None:
                break
        assert different == [f"{index:02d}" for index in range(0, self.MANY, 3)]
        assert pages >= self.MANY // self.QUESTIONS

    @pytest.mark.parametrize("size", [1, 2, 5, 100])
    def test_what_is_said_of_files_is_told_once_where_pages_end_early(self, many: World, size: int):
        paths = [f"{index:02d}" for index in range(self.MANY)]
        for path in paths:
            entries = (Metadatum("colour", path, ValueType.STRING),)
            file = OfFile(path, FileKind.METADATA)
            many.run(put_asset_metadata, PutAssetMetadata(REF, entries, file=file))
        many.create()
        told, cursor = list[str](), None
        while True:
            command = CompareVersions(REF, number(1), number(3), Page(size, cursor))
            found = many.run(compare_versions, command)
            told += [old.path for old, _ in found.files_metadata]
            if (cursor := found.cursor) is None:
                break
        assert told == paths

    def test_totals_say_how_many_were_not_asked_about(self, many: World):
        totals = compare(many).totals
        assert totals is not None
        unchecked = self.MANY - self.QUESTIONS
        assert (totals.changed, totals.unchecked) == (2 + unchecked, unchecked)

    def test_a_request_asks_no_more_than_it_may(self, many: World, monkeypatch: pytest.MonkeyPatch):
        seen = asked(many, monkeypatch)
        compare(many)
        assert len(seen) == self.QUESTIONS, "one side of each pair is known"

    def test_a_restore_copies_what_it_may_not_ask_about(self, many: World):
        many.run(revert_version, RevertVersion(REF, number(1)))
        assert set(many.files.contents(REF).values()) == {BODY}
        copied = [path for path in many.files.contents(REF) if many.files.puts(REF, path) == 3]
        assert len(copied) == 2 + self.MANY - self.QUESTIONS
