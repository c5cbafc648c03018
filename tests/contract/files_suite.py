"""The contract of `Files`: the working files of an asset, each by its object version."""

from hashlib import md5
from uuid import uuid4

import pytest
from assetversions.domain.errors import Conflict, Invalid
from assetversions.domain.journal import FilePlace
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.files import FileStatus, Source

from tests.support.stores import Store

ODD_PATHS = [
    "a b.txt",
    "a+b.txt",
    "50%.txt",
    "50%20.txt",
    "a#b?c&d=e.txt",
    "größe/資産.glb",
    "q'uote\".txt",
    "~",
]
MANY = 1_050
FINE = FileStatus(gone=False, altered=False, deleted_now=False)


@pytest.fixture
def ref() -> AssetRef:
    """An asset of its own for each test."""
    return AssetRef("db-files", f"asset {uuid4()}")


def snapshot(store: Store, ref: AssetRef, base: list[Entry] | None = None) -> list[Entry]:
    return [row.current for row in store.files.working(ref, base).rows if row.current is not None]


def pins(entries: list[Entry]) -> dict[str, str]:
    return {entry.path: entry.version_id for entry in entries}


class TestFiles:
    def test_a_snapshot_names_the_newest_object_version_of_each_file(self, store: Store, ref: AssetRef):
        store.put(ref, "b.txt", b"old")
        wanted = {"b.txt": store.put(ref, "b.txt", b"new!"), "a.txt": store.put(ref, "a.txt", b"a")}
        entries = snapshot(store, ref)
        assert [entry.path for entry in entries] == ["a.txt", "b.txt"]
        assert pins(entries) == wanted
        assert [(entry.size, entry.etag) for entry in entries] == [
            (1, md5(b"a", usedforsecurity=False).hexdigest()),
            (4, md5(b"new!", usedforsecurity=False).hexdigest()),
        ]

    def test_a_snapshot_leaves_out_deleted_files_and_other_assets(self, store: Store, ref: AssetRef):
        store.put(ref, "kept", b"1")
        store.put(ref, "deleted", b"2")
        store.remove(ref, "deleted")
        store.put(AssetRef(ref.database_id, ref.asset_id + "x"), "other", b"3")
        assert [entry.path for entry in snapshot(store, ref)] == ["kept"]
        assert [entry.path for entry in snapshot(store, ref, [])] == ["kept"]

    def test_an_asset_without_files_has_an_empty_snapshot(self, store: Store, ref: AssetRef):
        assert snapshot(store, ref) == []
        assert snapshot(store, ref, []) == []

    def test_a_snapshot_on_a_base_is_the_same_as_one_without(self, store: Store, ref: AssetRef):
        for path in ("changed", "deleted", "same"):
            store.put(ref, path, b"before")
        base = snapshot(store, ref)
        store.put(ref, "changed", b"after, of another size")
        store.remove(ref, "deleted")
        store.put(ref, "added", b"new")
        assert snapshot(store, ref, base) == snapshot(store, ref)
        assert snapshot(store, ref, []) == snapshot(store, ref)

    @pytest.mark.parametrize("path", ODD_PATHS)
    def test_a_path_may_have_any_characters(self, store: Store, ref: AssetRef, path: str):
        first = store.put(ref, path, b"first")
        [old] = snapshot(store, ref)
        assert (old.path, old.version_id) == (path, first)
        store.put(ref, path, b"second")
        assert pins(snapshot(store, ref, [old])) != pins([old])
        assert store.files.pinned(ref, {path: first}) == [old]
        [again] = store.files.copy(ref, [Source(old)])
        assert store.read(ref, path) == b"first"
        assert snapshot(store, ref) == [again]
        assert store.files.status(ref, [old], None) == {path: FINE}
        store.files.delete(ref, [path])
        assert store.read(ref, path) is None

    def test_paths_are_in_the_order_of_their_code_points(self, store: Store, ref: AssetRef):
        paths = ["Z", "a", "a/b", "a b", "a-b", "é", "資", "\U0001f600", "\ufb01"]
        for path in paths:
            store.put(ref, path, b"x")
        assert [entry.path for entry in snapshot(store, ref)] == sorted(paths)
        assert [entry.path for entry in snapshot(store, ref, [])] == sorted(paths)

    def test_objects_older_than_versioning_are_refused_by_name(self, store: Store, ref: AssetRef):
        store.put(ref, "new.txt", b"1")
        store.put_unversioned(ref, "old.txt", b"2")
        without: tuple[list[Entry] | None, ...] = (None, [])
        for base in without:
            with pytest.raises(Conflict, match=r"old\.txt"):
                snapshot(store, ref, base)

    @pytest.mark.parametrize("path", ["../escape", "a/../../b", "..\\b"])
    def test_objects_that_would_leave_the_asset_are_refused(self, store: Store, ref: AssetRef, path: str):
        store.put(ref, path, b"1")
        with pytest.raises(Conflict, match="leave the asset"):
            snapshot(store, ref)

    def test_pinned_gives_the_object_versions_asked_for_in_path_order(self, store: Store, ref: AssetRef):
        old = store.put(ref, "b", b"old")
        store.put(ref, "b", b"newer")
        other = store.put(ref, "a", b"a")
        found = store.files.pinned(ref, {"b": old, "a": other})
        assert [(entry.path, entry.version_id, entry.size) for entry in found] == [
            ("a", other, 1),
            ("b", old, 3),
        ]

    @pytest.mark.parametrize("path", ["a", "missing"])
    def test_a_pin_that_does_not_exist_is_invalid_and_named(self, store: Store, ref: AssetRef, path: str):
        store.put(ref, "a", b"a")
        elsewhere = store.put(AssetRef(ref.database_id, "elsewhere"), "a", b"a")
        with pytest.raises(Invalid, match=path):
            store.files.pinned(ref, {path: elsewhere})

    def test_a_delete_marker_cannot_be_pinned(self, store: Store, ref: AssetRef):
        store.put(ref, "a", b"a")
        marker = store.remove(ref, "a")
        with pytest.raises(Invalid, match="a"):
            store.files.pinned(ref, {"a": marker})

    def test_find_gives_the_newest_or_the_object_version_asked_for(self, store: Store, ref: AssetRef):
        first = store.put(ref, "a", b"old")
        [old] = snapshot(store, ref)
        store.put(ref, "a", b"newer")
        [new] = snapshot(store, ref)
        assert (store.files.find(ref, "a"), store.files.find(ref, "a", first)) == (new, old)
        assert store.files.find(ref, "missing") is None
        store.remove(ref, "a")
        assert (store.files.find(ref, "a"), store.files.find(ref, "a", first)) == (None, old)
        store.purge(ref, "a", first)
        assert store.files.find(ref, "a", first) is None

    @pytest.mark.parametrize("kind", ["a delete marker", "no version id"])
    def test_what_is_no_object_version_is_neither_found_nor_pinned(
        self, store: Store, ref: AssetRef, kind: str
    ):
        store.put(ref, "a", b"a")
        named = store.remove(ref, "a") if kind == "a delete marker" else kind
        assert store.files.find(ref, "a", named) is None
        with pytest.raises(Invalid):
            store.files.pinned(ref, {"a": named})

    def test_what_ever_stood_at_a_path_is_known_however_it_was_deleted(self, store: Store, ref: AssetRef):
        for path in ("file", "folder/inside", "longer/name", "gone", "purged"):
            store.put(ref, path, b"1")
        store.remove(ref, "gone")
        store.remove(ref, "folder/inside")
        store.purge(ref, "purged", snapshot(store, ref)[-1].version_id)
        known = ["file", "gone", "folder/", "folder/inside", "longer/"]
        strange = ["fil", "file/", "folder", "folder/in", "longe/", "purged", "nowhere"]
        assert store.files.ever(ref, known) == [True] * len(known)
        assert store.files.ever(ref, strange) == [False] * len(strange)
        assert store.files.ever(ref, []) == []

    def test_sources_say_what_can_no_longer_be_read(self, store: Store, ref: AssetRef):
        store.put(ref, "deleted", b"1")
        store.put(ref, "destroyed", b"2")
        entries = snapshot(store, ref)
        fine = [Source(entry) for entry in entries]
        assert store.files.sources(ref, entries) == store.files.sources_listed(ref, entries, None) == fine
        store.remove(ref, "deleted")
        store.purge(ref, "destroyed", entries[1].version_id)
        lost = [fine[0], Source(entries[1], None, "gone for good")]
        assert store.files.sources(ref, entries) == store.files.sources_listed(ref, entries, None) == lost
        assert store.files.sources(ref, []) == store.files.sources_listed(ref, [], None) == []

    def test_gone_finds_the_same_among_many_and_among_few_of_many_versions(self, store: Store, ref: AssetRef):
        for index in range(70):
            store.put(ref, f"{index:02d}", b"first")
        entries = snapshot(store, ref)
        for entry in entries[40:44]:
            for index in range(3):
                store.put(ref, entry.path, f"later {index}".encode())
        lost = [entries[index] for index in (0, 30, 41, 69)]
        for entry in lost:
            store.purge(ref, entry.path, entry.version_id)
        store.remove(ref, "50")
        assert store.files.gone(ref, entries, None) == lost
        assert store.files.gone(ref, entries[34:], "33") == lost[2:]
        assert store.files.gone(ref, entries[30:45:3], "29") == [entries[30]]
        assert store.files.gone(ref, [], None) == []

    def test_copy_makes_old_object_versions_the_newest_again(self, store: Store, ref: AssetRef):
        store.put(ref, "a", b"old a")
        store.put(ref, "b", b"old b")
        old = snapshot(store, ref)
        store.put(ref, "a", b"new")
        store.remove(ref, "b")
        copies = store.files.copy(ref, store.files.sources(ref, [old[1], old[0]]))
        assert [entry.path for entry in copies] == ["b", "a"], "in the order given"
        assert (store.read(ref, "a"), store.read(ref, "b")) == (b"old a", b"old b")
        assert sorted(copies) == snapshot(store, ref)
        assert not {entry.version_id for entry in copies} & {entry.version_id for entry in old}

    def test_a_copy_that_neither_etag_nor_checksum_tells_is_marked(self, store: Store, ref: AssetRef):
        """A listing shows no checksum."""
        store.begin_upload(ref, "a.bin")(bytes(5 * 1024**2), b"end")
        store.put(ref, "b.txt", b"b")
        old = [row.entry() for row in store.history.everything(ref, "")]
        copied = store.files.copy(ref, store.files.sources(ref, old))
        assert store.files.copies_of(ref, copied) == [old[0].version_id, None]
        assert store.files.copies_of(ref, old) == [None, None]

    @pytest.mark.parametrize("other", [False, True], ids=["its asset", "another asset"])
    def test_copy_takes_a_file_from_elsewhere(self, store: Store, ref: AssetRef, other: bool):
        place = FilePlace(AssetRef(ref.database_id, f"{ref.asset_id} other") if other else ref, "in/a")
        store.put(place.ref, place.path, b"old")
        (entry,) = snapshot(store, place.ref)
        store.put(place.ref, place.path, b"new")
        (made,) = store.files.copy(ref, [Source(entry._replace(path="b"), place=place)])
        assert (store.read(ref, "b"), store.read(place.ref, place.path)) == (b"old", b"new")
        assert made in snapshot(store, ref)
        assert (made.path, made.etag, made.size) == ("b", entry.etag, entry.size)

    def test_delete_marks_and_destroys_nothing(self, store: Store, ref: AssetRef):
        store.put(ref, "a", b"a")
        entries = snapshot(store, ref)
        store.files.delete(ref, ["a"])
        assert snapshot(store, ref) == []
        assert [source.trouble for source in store.files.sources(ref, entries)] == [None]
        store.files.delete(ref, [])

    def test_status_tells_what_became_of_each_object_version(self, store: Store, ref: AssetRef):
        for path in ("deleted", "destroyed", "kept", "overwritten", "returned"):
            store.put(ref, path, b"1")
        entries = snapshot(store, ref)
        store.remove(ref, "deleted")
        store.purge(ref, "destroyed", entries[1].version_id)
        store.put(ref, "overwritten", b"2")
        store.remove(ref, "returned")
        store.put(ref, "returned", b"3")
        assert store.files.status(ref, entries, None) == {
            "deleted": FileStatus(gone=False, altered=False, deleted_now=True),
            "destroyed": FileStatus(gone=True, altered=False, deleted_now=False),
            "kept": FINE,
            "overwritten": FINE,
            "returned": FINE,
        }
        assert store.files.status(ref, entries[2:4], "deleted") == {"kept": FINE, "overwritten": FINE}
        assert store.files.status(ref, [], "returned") == {}

    def test_nothing_is_cut_at_a_thousand(self, store: Store, ref: AssetRef):
        paths = [f"f{index:05d}" for index in range(MANY)]
        for path in paths:
            store.put(ref, path, b"x")
        entries = snapshot(store, ref)
        assert [entry.path for entry in entries] == paths
        assert snapshot(store, ref, entries) == entries
        status = store.files.status(ref, entries, None)
        assert [path for path in paths if status[path] == FINE] == paths
        store.files.delete(ref, paths)
        assert snapshot(store, ref) == []

    def test_kept_files_ask_before_they_write(self, store: Store, ref: AssetRef):
        store.put(ref, "a", b"1")
        [old] = snapshot(store, ref)
        asked: list[str] = []
        kept = store.files.kept(lambda: asked.append("?"))
        [copied] = kept.copy(ref, [Source(old)])
        kept.delete(ref, ["b"])
        assert (len(asked), kept.current(ref, ["a", "b"])) == (2, [copied, None])
        store.files.copy(ref, [Source(old)])
        assert len(asked) == 2

    def test_kept_files_that_may_not_write_do_not(self, store: Store, ref: AssetRef):
        def no() -> None:
            raise Conflict("no")

        store.put(ref, "a", b"1")
        before = snapshot(store, ref)
        kept = store.files.kept(no)
        for write in (lambda: kept.copy(ref, list(map(Source, before))), lambda: kept.delete(ref, ["a"])):
            with pytest.raises(Conflict, match="no"):
                write()
        assert snapshot(store, ref) == before
