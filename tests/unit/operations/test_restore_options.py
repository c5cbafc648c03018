"""The options of a revert: only tell the plan, go on without what is lost, restore a part of the files."""

import re
from contextlib import suppress
from typing import Any

import pytest
from assetversions.domain.commands.files import RevertFile, UnarchiveFile
from assetversions.domain.commands.versions import RevertVersion
from assetversions.domain.errors import Conflict, Invalid, TooLarge
from assetversions.domain.jobs import JobState
from assetversions.domain.results.versions import Planned
from assetversions.engine import budget
from assetversions.operations.files.revert_file import revert_file
from assetversions.operations.files.unarchive_file import unarchive_file
from assetversions.operations.versions.revert_version import revert_version

from tests.support import REF, Crash, World, number

FIRST = {"a.txt": b"a", "b.txt": b"b", "dir/c": b"c", "dir/sub/d": b"d", "dirt": b"e", "same": b"same"}
LATER = {"a.txt": b"A", "b.txt": None, "dir/c": b"C", "dir/late": b"late", "dir/sub/d": None, "dirt": b"E"}
NOW = {"a.txt": b"A", "dir/c": b"C", "dir/late": b"late", "dirt": b"E", "same": b"same"}


def revert(world: World, **options: Any) -> Any:
    world.clock.advance()
    return world.run(revert_version, RevertVersion(REF, number(1), **options))


def upload(world: World, files: dict[str, Any]) -> None:
    world.clock.advance()
    for path, body in files.items():
        world.files.put(REF, path, body)


def lose(world: World, path: str) -> None:
    """Destroy the object version that version 1 holds at a path."""
    [entry] = [entry for entry in world.manifest(world.versions()[-1]) if entry.path == path]
    world.files.purge(REF, path, entry.version_id)


def archive(world: World, path: str) -> None:
    """What version 1 holds at a path is there, but can't be read."""
    [entry] = [entry for entry in world.manifest(world.versions()[-1]) if entry.path == path]
    world.files.unreadable[entry.version_id] = "archived"


def puts(world: World) -> dict[str, int]:
    return {path: world.files.puts(REF, path) for path in FIRST | LATER}


@pytest.fixture(params=[False, True], ids=["versioned", "unversioned"])
def changed(world: World, request: pytest.FixtureRequest) -> World:
    """Version 1 holds FIRST, the bucket NOW; whether a version 2 holds NOW makes no difference."""
    upload(world, FIRST)
    world.create()
    upload(world, LATER)
    if not request.param:
        world.create()
    return world


class TestDryRun:
    def test_it_tells_the_plan(self, changed: World):
        lose(changed, "b.txt")
        plan = revert(changed, dry_run=True)
        assert isinstance(plan, Planned)
        assert [entry.path for entry in plan.copy] == ["a.txt", "dir/c", "dir/sub/d", "dirt"]
        assert (plan.delete, [entry.path for entry in plan.missing]) == (["dir/late"], ["b.txt"])
        assert plan.version == changed.versions()[-1]

    def test_it_changes_nothing(self, changed: World):
        before = changed.head(), changed.versions(), puts(changed), list(changed.manifests.sent)
        revert(changed, dry_run=True)
        assert (changed.head(), changed.versions(), puts(changed), changed.manifests.sent) == before

    def test_what_it_plans_is_what_a_revert_does(self, changed: World):
        plan, before = revert(changed, dry_run=True), puts(changed)
        revert(changed)
        touched = {path for path, count in puts(changed).items() if count != before[path]}
        assert touched == {entry.path for entry in plan.copy} | set(plan.delete)

    def test_it_plans_for_some_paths_alone(self, changed: World):
        plan = revert(changed, dry_run=True, paths=("dir/",))
        assert [entry.path for entry in plan.copy] == ["dir/c", "dir/sub/d"]
        assert plan.delete == ["dir/late"]

    def test_where_a_revert_has_nothing_to_do_the_plan_is_empty(self, changed: World):
        revert(changed)
        plan = revert(changed, dry_run=True)
        assert (plan.copy, plan.delete, plan.missing) == ([], [], [])

    @pytest.mark.parametrize("background", [False, True])
    def test_it_never_becomes_a_job(self, changed: World, monkeypatch: pytest.MonkeyPatch, background: bool):
        """A job would do what was only to be told."""
        monkeypatch.setattr(budget, "REQUEST_SECONDS", 0)
        before = changed.head(), puts(changed)
        with pytest.raises(TooLarge):
            revert(changed, dry_run=True, background=background)
        assert (changed.jobs.commands, (changed.head(), puts(changed))) == ({}, before)

    def test_it_is_answered_at_once_even_where_a_job_is_asked_for(self, changed: World):
        assert isinstance(revert(changed, dry_run=True, background=True), Planned)


class TestSkipMissing:
    def test_the_rest_is_restored_and_the_lost_file_left_as_it_is(self, changed: World):
        lose(changed, "a.txt")
        before = puts(changed)
        done = revert(changed, skip_missing=True)
        assert changed.files.contents(REF) == FIRST | {"a.txt": b"A"}
        assert (tuple(done.skipped), changed.files.puts(REF, "a.txt")) == (("a.txt",), before["a.txt"])

    def test_a_lost_file_that_is_deleted_now_stays_deleted(self, changed: World):
        lose(changed, "b.txt")
        done = revert(changed, skip_missing=True)
        assert tuple(done.skipped) == ("b.txt",)
        assert changed.files.contents(REF) == {path: FIRST[path] for path in FIRST if path != "b.txt"}

    def test_the_new_version_pins_the_working_files(self, changed: World):
        lose(changed, "a.txt")
        lose(changed, "b.txt")
        done = revert(changed, skip_missing=True)
        assert changed.manifest(done.version) == changed.files.snapshot(REF)
        assert None not in changed.content(done.version).values()

    def test_nothing_missing_skips_nothing(self, changed: World):
        assert revert(changed, skip_missing=True).skipped == {}
        assert changed.files.contents(REF) == FIRST

    def test_a_lost_file_that_need_not_be_copied_hinders_nobody(self, changed: World):
        lose(changed, "a.txt")
        assert revert(changed, paths=("dirt",)).skipped == {}
        with pytest.raises(Conflict, match=r"a\.txt"):
            revert(changed)


class TestUnreadable:
    """A source that is there and can't be read is as good as lost, and for another reason."""

    @pytest.mark.parametrize("background", [False, True])
    def test_nothing_is_changed_and_each_file_named_with_its_reason(self, changed: World, background: bool):
        archive(changed, "a.txt")
        archive(changed, "b.txt")
        lose(changed, "dir/c")
        before = changed.versions(), puts(changed), changed.files.contents(REF)
        said = r"Cannot restore a.txt, b.txt \(archived\); dir/c \(gone for good\). Nothing was changed; "
        said += r"skipMissing reverts the other files."
        if background:
            job = changed.work(revert(changed, background=True))
            assert re.fullmatch(said, job.error or "")
        else:
            with pytest.raises(Conflict, match=said):
                revert(changed)
        assert (changed.versions(), puts(changed), changed.files.contents(REF)) == before

    @pytest.mark.parametrize("background", [False, True])
    def test_it_is_passed_over_where_the_caller_agreed(self, changed: World, background: bool):
        archive(changed, "a.txt")
        done = revert(changed, skip_missing=True, background=background)
        told = changed.work(done).report["reasons"] if background else done.skipped
        assert told == {"a.txt": "archived"}
        assert changed.files.contents(REF) == FIRST | {"a.txt": b"A"}

    def test_a_dry_run_tells_it(self, changed: World):
        archive(changed, "a.txt")
        plan = revert(changed, dry_run=True)
        assert [(source.path, source.trouble) for source in plan.missing] == [("a.txt", "archived")]

    def test_a_dry_run_counts_no_copy_of_it(self, changed: World):
        archive(changed, "a.txt")
        plan = revert(changed, dry_run=True)
        assert [entry.path for entry in plan.copy] == ["b.txt", "dir/c", "dir/sub/d", "dirt"]

    def test_a_single_file_is_not_reverted_to_it(self, changed: World):
        archive(changed, "a.txt")
        [version] = changed.files.unreadable
        with pytest.raises(Conflict, match=r"a.txt \(archived\)"):
            changed.run(revert_file, RevertFile(REF, "a.txt", version))
        archive(changed, "b.txt")
        with pytest.raises(Conflict, match=r"b.txt \(archived\)"):
            changed.run(unarchive_file, UnarchiveFile(REF, "b.txt"))
        assert changed.files.contents(REF) == NOW


PARTS = [
    (("a.txt",), {"a.txt": b"a"}, set()),
    (("b.txt",), {"b.txt": b"b"}, set()),
    (("dir/",), {"dir/c": b"c", "dir/sub/d": b"d"}, {"dir/late"}),
    (("dir/sub/",), {"dir/sub/d": b"d"}, set()),
    (("dir/late",), {}, {"dir/late"}),
    (("dir/sub/", "a.txt", "dirt"), {"dir/sub/d": b"d", "a.txt": b"a", "dirt": b"e"}, set()),
    (("same",), {}, set()),
]


class TestPaths:
    @pytest.mark.parametrize(("paths", "restored", "removed"), PARTS)
    def test_only_these_are_restored(
        self, changed: World, paths: tuple[str, ...], restored: dict[str, bytes], removed: set[str]
    ):
        before = puts(changed)
        revert(changed, paths=paths)
        wanted = {path: body for path, body in (NOW | restored).items() if path not in removed}
        assert changed.files.contents(REF) == wanted
        touched = {path for path, count in puts(changed).items() if count != before[path]}
        assert touched == restored.keys() | removed

    @pytest.mark.parametrize(("paths", "_restored", "_removed"), PARTS)
    def test_the_new_version_pins_all_working_files(
        self, changed: World, paths: tuple[str, ...], _restored: Any, _removed: Any
    ):
        done = revert(changed, paths=paths)
        assert changed.manifest(done.version) == changed.files.snapshot(REF)

    @pytest.mark.parametrize(
        "paths",
        [("nowhere",), ("no/",), ("dir",), ("a.txt/",), ("no/", "dir"), ("a.txt", "nowhere")],
    )
    @pytest.mark.parametrize("seconds", [20, 0])
    @pytest.mark.parametrize("background", [False, True])
    def test_paths_that_are_nowhere_are_refused(
        self,
        changed: World,
        paths: tuple[str, ...],
        background: bool,
        seconds: int,
        monkeypatch: pytest.MonkeyPatch,
    ):
        """Also where a job is asked for, or needed: it could only fail."""
        monkeypatch.setattr(budget, "REQUEST_SECONDS", seconds)
        before = changed.head(), puts(changed)
        with pytest.raises(Invalid, match="paths"):
            revert(changed, paths=paths, background=background)
        assert (changed.head(), puts(changed), changed.jobs.commands) == (*before, {})

    @pytest.mark.parametrize("path", ["b.txt", "dir/sub/"])
    def test_a_job_may_leave_out_what_not_even_the_bucket_remembers(self, changed: World, path: str):
        """The version does."""
        for old in ("b.txt", "dir/sub/d"):
            for row in changed.files.history(REF, old):
                changed.files.purge(REF, old, row.version_id)
        job = changed.work(revert(changed, background=True, paths=(path, "a.txt"), skip_missing=True))
        assert (job.state, changed.files.contents(REF)["a.txt"]) == (JobState.SUCCEEDED, b"a")

    @pytest.mark.parametrize(
        ("paths", "said"),
        [
            (("a.txt", "nowhere"), "never was a file at 'nowhere'.$"),
            (("nowhere", "a.txt", "here", "there"), "at 'here', nor at 2 more of them.$"),
            (("a.txt", "dir"), "at 'dir'. It is a folder: write 'dir/'.$"),
            (("dir/sub",), "at 'dir/sub'. It is a folder: write 'dir/sub/'.$"),
            (("di/",), "at 'di/'.$"),
        ],
    )
    def test_the_path_that_never_was_is_named(self, changed: World, paths: tuple[str, ...], said: str):
        with pytest.raises(Invalid, match=said):
            revert(changed, paths=paths, dry_run=True)

    @pytest.mark.parametrize("paths", [("new",), ("folder/",), ("folder/", "new", "a.txt")])
    def test_what_a_crashed_restore_has_deleted_is_no_reason_to_refuse_it_again(self, paths: tuple[str, ...]):
        """No version and no working file has it any more; only the bucket remembers."""
        at, struck = 0, True
        while struck:
            at += 1
            world = World()
            upload(world, FIRST)
            world.create()
            upload(world, {"new": b"n", "folder/new": b"n"})
            world.faults.arm(at, Crash())
            with suppress(Crash):
                revert(world, paths=paths)
            struck = world.faults.disarm()
            done = revert(world, paths=paths)
            left = {path: b"n" for path in ("new", "folder/new") if not path.startswith(paths)}
            assert world.files.contents(REF) == FIRST | left
            assert world.manifest(done.version) == world.files.snapshot(REF)
        assert at > 10, "the crash must have met every call"

    def test_a_missing_source_elsewhere_is_no_hindrance(self, changed: World):
        lose(changed, "a.txt")
        assert revert(changed, paths=("dir/",)).skipped == {}

    def test_a_missing_source_among_them_is_skipped_where_asked(self, changed: World):
        lose(changed, "dir/c")
        done = revert(changed, paths=("dir/",), skip_missing=True)
        assert tuple(done.skipped) == ("dir/c",)
        assert changed.manifest(done.version) == changed.files.snapshot(REF)
        assert changed.files.contents(REF)["dir/c"] == b"C"
