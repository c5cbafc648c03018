"""A version of the working files is a state that they had: a later number never holds an older one."""

from collections.abc import Collection, Mapping
from typing import Any

import pytest
from assetversions.domain.commands.versions import RevertVersion
from assetversions.domain.errors import Busy
from assetversions.domain.journal import ChangeKind, ChangeSet, PathState
from assetversions.domain.model import Asset, AssetRef, Version
from assetversions.engine import journal, lease
from assetversions.engine.hot import Hot
from assetversions.operations.versions.revert_version import revert_version

from tests.support import REF, World, number


def paths(world: World, version: Version) -> dict[str, str]:
    return {entry.path: entry.version_id for entry in world.manifest(version)}


def newest(world: World, path: str) -> str:
    return world.files.history(REF, path)[-1].version_id


def begun(
    world: World,
    set_id: str,
    *files: str,
    kind: ChangeKind = ChangeKind.UPLOAD,
) -> tuple[ChangeSet, list[PathState]]:
    """A change of these files that has begun, and has changed nothing yet."""
    there = {path: newest(world, path) for path in files if path in world.files.contents(REF)}
    return journal.begin(world.services(), world.head(), kind, set_id, files, lambda: there)


def test_what_a_rival_found_meanwhile_is_not_lost_again(world: World):
    """The files were read before a rival's version came first: they are read again."""
    world.put(a_txt="one")
    made: list[Version] = []

    def rival() -> None:
        world.put(b_txt="two")
        made.append(world.create().version)

    world.records.rivals = [rival]
    second = world.create().version
    assert (made[0].number, second.number) == (1, 2)
    assert list(paths(world, second)) == ["a.txt", "b.txt"]


def test_a_rival_that_found_the_same_costs_no_second_reading(world: World):
    world.put(a_txt="one")
    world.records.rivals = [world.create]
    listed = world.files.listed
    second = world.create().version
    assert (second.number, world.files.listed - listed) == (2, 2), "one reading each"


def test_a_file_that_is_being_changed_is_taken_as_it_was(world: World):
    """Whether it is new, newer or hidden: none of a change is in a version before all of it is done."""
    world.put(old_txt="old", gone_txt="gone", other_txt="other")
    before = {path: newest(world, path) for path in ("gone.txt", "old.txt")}
    services = world.services()
    uploaded = begun(world, "upload-1", "new.txt", "old.txt")
    hidden = begun(world, "archive-1", "gone.txt", kind=ChangeKind.ARCHIVE)
    world.put(old_txt="newer", new_txt="new", gone_txt=None)
    world.made |= {newest(world, path): "upload-1" for path in ("new.txt", "old.txt")}
    during = world.create().version
    for change, rows in (uploaded, hidden):
        journal.end(services, world.head(), change, rows)
    after = world.create().version
    assert paths(world, during) == before | {"other.txt": paths(world, after)["other.txt"]}
    assert list(paths(world, after)) == ["new.txt", "old.txt", "other.txt"]
    assert services.journal.sets(REF) == [], "the second version has taken the change in"


@pytest.mark.parametrize("kind", [kind for kind in ChangeKind if not kind.foreign])
def test_what_others_write_to_a_file_that_is_being_changed_is_taken(world: World, kind: ChangeKind):
    """Whether that came before the change was on record or after, it is none of the change."""
    world.put(a_txt="one")
    begun(world, "set-1", "a.txt", kind=kind)
    world.put(a_txt="of a stranger")
    assert paths(world, world.create().version) == {"a.txt": newest(world, "a.txt")}


def test_a_file_that_is_hidden_right_after_its_upload_is_taken_as_before_both(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    """Both began after the reading did: of neither may half be in it."""
    world.put(a_txt="one")
    before, refresh = newest(world, "a.txt"), Hot.refresh

    def meanwhile(hot: Hot) -> None:
        monkeypatch.setattr(Hot, "refresh", refresh)
        change, states = begun(world, "upload-1", "a.txt")
        world.put(a_txt="two")
        world.made[newest(world, "a.txt")] = "upload-1"
        journal.end(world.services(), world.head(), change, states)
        begun(world, "archive-1", "a.txt", kind=ChangeKind.ARCHIVE)
        world.put(a_txt=None)
        hot.refresh()

    monkeypatch.setattr(Hot, "refresh", meanwhile)
    assert paths(world, world.create().version) == {"a.txt": before}


def test_an_upload_that_comes_while_is_asked_what_stood_before_another_is_not_in_it(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    world.put(a_txt="one", b_txt="one")
    before = paths(world, world.create().version)
    begun(world, "upload-1", "a.txt", "b.txt")
    world.put(a_txt="two", b_txt="two")
    world.made |= {newest(world, path): "upload-1" for path in ("a.txt", "b.txt")}
    stood = World._stood

    def meanwhile(self: World, ref: AssetRef, uploads: Mapping[str, Collection[str]]) -> Any:
        monkeypatch.setattr(World, "_stood", stood)
        now = world.clock.now()
        later = ChangeSet("upload-2", ChangeKind.UPLOAD, "ann", now, now)
        world.journal.open(REF, later, [PathState("b.txt", newest(world, "b.txt"))])
        world.put(b_txt="three")
        world.made[newest(world, "b.txt")] = "upload-2"
        return stood(self, ref, uploads)

    monkeypatch.setattr(World, "_stood", meanwhile)
    assert paths(world, world.create().version) == before


def test_what_others_complete_below_an_upload_that_has_ended_was_never_there(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    """S3 takes that for the newest which was begun last: the files are read anew, with the upload."""
    world.put(a_txt="one")
    theirs, working = world.files.begin(REF, "a.txt"), world.files.working
    change, states = begun(world, "upload-1", "a.txt")
    ours: list[str] = []

    def late(*given: Any) -> Any:
        monkeypatch.setattr(world.files, "working", working)
        world.put(a_txt="two")
        ours.append(newest(world, "a.txt"))
        world.made[ours[0]] = "upload-1"
        journal.end(world.services(), world.head(), change, states)
        world.files.complete(theirs, b"theirs")
        return working(*given)

    monkeypatch.setattr(world.files, "working", late)
    assert paths(world, world.create().version) == {"a.txt": ours[0]}


def test_a_restore_ends_all_changes_that_broke_off_before_it_gives_way(world: World):
    world.put(a_txt="one", b_txt="one")
    world.create()
    for number_, path in enumerate(("a.txt", "b.txt")):
        begun(world, f"archive-{number_}", path, kind=ChangeKind.ARCHIVE)
    world.clock.advance(60)
    revert = RevertVersion(REF, number(1))
    with pytest.raises(Busy, match="archive by ann"):
        world.run(revert_version, revert)
    assert world.run(revert_version, revert).version.number == 2


def test_a_file_that_strangers_delete_while_it_is_uploaded_is_gone(world: World):
    world.put(a_txt="one")
    begun(world, "upload-1", "a.txt")
    world.put(a_txt=None)
    assert paths(world, world.create().version) == {}


def test_two_changes_of_one_file_are_not_at_work_at_once(world: World):
    world.put(a_txt="one")
    services = world.services()
    begun(world, "upload-1", "a.txt")
    begun(world, "upload-2", "b.txt")
    with pytest.raises(Busy, match="upload by ann"):
        begun(world, "archive-1", "a.txt", kind=ChangeKind.ARCHIVE)
    assert {change.set_id for change in services.journal.sets(REF)} == {"upload-1", "upload-2"}


def test_what_stood_there_before_a_change_is_looked_at_once_its_paths_are_claimed(world: World):
    """Another change may have come to its end just before: its outcome is what stood there."""
    world.put(a_txt="one")
    looked: list[str] = []

    def look() -> dict[str, str | None]:
        (claim,) = world.services().journal.sets(REF)
        assert (claim.claimed, claim.open) == (True, True)
        assert paths(world, world.create().version) == {"a.txt": newest(world, "a.txt")}, "nothing is hot yet"
        looked.append(newest(world, "a.txt"))
        return {"a.txt": looked[0]}

    begin = journal.begin(world.services(), world.head(), ChangeKind.UPLOAD, "upload-1", {"a.txt"}, look)
    assert [state.before for state in begin[1]] == looked


def test_of_two_that_begin_the_same_change_at_once_one_gives_way(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    """As two who archive the same folder: neither takes the other's record away."""
    world.put(a_txt="one")
    services, claim = world.services(), world.journal.claim

    def rival_first(*args: Any) -> None:
        monkeypatch.setattr(world.journal, "claim", claim)
        begun(world, "archive-1", "a.txt", kind=ChangeKind.ARCHIVE)
        claim(*args)

    monkeypatch.setattr(world.journal, "claim", rival_first)
    with pytest.raises(Busy, match="archive by ann"):
        begun(world, "archive-1", "a.txt", kind=ChangeKind.ARCHIVE)
    (change,) = services.journal.sets(REF)
    assert [state.path for state in services.journal.paths(REF, change)] == ["a.txt"]


def test_a_version_forgets_no_change_that_began_anew_meanwhile(world: World):
    """The same folder is archived again between a version's reading and its end."""
    world.put(a_txt="one")
    services = world.services()
    change, rows = begun(world, "archive-1", "a.txt", kind=ChangeKind.ARCHIVE)
    journal.end(services, world.head(), change, rows)
    world.records.rivals = [lambda: begun(world, "archive-1", "a.txt", kind=ChangeKind.ARCHIVE)]
    world.create()
    assert [change.open for change in services.journal.sets(REF)] == [True]


def test_a_restore_that_ends_a_broken_change_reads_the_files_anew(world: World):
    """What it has read of them may be what it has just taken back."""
    world.put(a_txt="one", b_txt="one")
    world.create()
    begun(world, "archive-1", "a.txt", kind=ChangeKind.ARCHIVE)
    world.put(b_txt="two")
    world.clock.advance(60)
    revert = RevertVersion(REF, number(1), paths=("b.txt",))
    with pytest.raises(Busy, match="archive by ann"):
        world.run(revert_version, revert)
    version = world.run(revert_version, revert).version
    assert list(paths(world, version)) == ["b.txt"]


def test_a_restore_that_read_half_of_a_change_begins_anew(world: World, monkeypatch: pytest.MonkeyPatch):
    """The upload ends between the reading and the lease: what was read is not what is there."""
    world.put(a_txt="one", b_txt="one")
    world.create()
    world.put(a_txt="two", b_txt="two")
    services = world.services()
    change, rows = begun(world, "upload-1", "a.txt", "b.txt")
    take = lease.take

    def ended_first(*args: Any, **how: Any) -> Asset:
        monkeypatch.setattr(lease, "take", take)
        world.put(b_txt="three")
        journal.end(services, world.head(), change, rows)
        return take(*args, **how)

    monkeypatch.setattr(lease, "take", ended_first)
    revert = RevertVersion(REF, number(1))
    with pytest.raises(Busy, match="upload by ann"):
        world.run(revert_version, revert)
    assert world.files.contents(REF) == {"a.txt": b"two", "b.txt": b"three"}
    world.run(revert_version, revert)
    assert world.files.contents(REF) == {"a.txt": b"one", "b.txt": b"one"}


@pytest.mark.parametrize(("pages", "readings"), [(1, 1), (2, 2)])
def test_what_takes_several_listings_is_read_until_two_readings_agree(
    world: World, pages: int, readings: int
):
    world.put(a_txt="one")
    world.files.pages = pages
    before = world.files.listed
    world.create()
    assert world.files.listed - before == readings


def test_a_file_that_moves_while_it_is_listed_is_read_again(world: World, monkeypatch: pytest.MonkeyPatch):
    world.put(a_txt="one")
    world.files.pages = 2
    working, before = world.files.working, world.files.listed

    def moved_then(*args: Any) -> Any:
        reading = working(*args)
        reading.rows = iter(list(reading.rows))
        if world.files.listed - before == 1:
            world.put(b_txt="one", a_txt=None)
        return reading

    monkeypatch.setattr(world.files, "working", moved_then)
    assert list(paths(world, world.create().version)) == ["b.txt"]
    assert world.files.listed - before == 3
