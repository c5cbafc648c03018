"""The contract of `History`: what happened to a path, newest first, and never to another path."""

import pytest
from assetversions.domain.model import AssetRef

from tests.contract.files_as_of_suite import NextSecond
from tests.support.stores import Store

# Each is the beginning of the next.
ALIKE = ["a", "a b", "a.txt", "a.txt/b", "aa"]


class TestHistory:
    def test_of_one_path_it_tells_everything_newest_first(
        self, store: Store, ref: AssetRef, next_second: NextSecond
    ):
        first = store.put(ref, "a", b"first")
        next_second()
        marker = store.remove(ref, "a")
        last = store.put(ref, "a", b"the last")
        rows = list(store.history.of(ref, "a"))
        assert [(row.version_id, row.latest, row.deleted, row.size) for row in rows] == [
            (last, True, False, 8),
            (marker, False, True, 0),
            (first, False, False, 5),
        ]
        assert {row.path for row in rows} == {"a"}
        (newest,) = store.files.current(ref, ["a"])
        assert newest is not None
        assert rows[0].etag == newest.etag

    def test_of_all_paths_it_tells_everything_path_by_path(
        self, store: Store, ref: AssetRef, next_second: NextSecond
    ):
        old = store.put(ref, "a", b"old")
        slash = store.put(ref, "a/b", b"1")
        next_second()
        new, late = store.put(ref, "a", b"new"), store.put(ref, "größe", b"2")
        store.put(AssetRef(ref.database_id, ref.asset_id + "x"), "a", b"of another asset")
        rows = list(store.history.everything(ref, ""))
        assert [(row.path, row.version_id) for row in rows] == [
            ("a", new),
            ("a", old),
            ("a/b", slash),
            ("größe", late),
        ]
        assert [row.version_id for row in store.history.everything(ref, "a/")] == [slash]
        assert list(store.history.everything(ref, "nowhere")) == []

    @pytest.mark.parametrize("path", ALIKE)
    def test_of_paths_that_begin_alike_it_tells_the_one(self, store: Store, ref: AssetRef, path: str):
        stored = {one: store.put(ref, one, b"x") for one in ALIKE}
        assert [(row.path, row.version_id) for row in store.history.of(ref, path)] == [(path, stored[path])]

    @pytest.mark.parametrize("path", ["nowhere", "a.", "a.txt/"])
    def test_of_what_never_was_it_tells_nothing(self, store: Store, ref: AssetRef, path: str):
        for one in ALIKE:
            store.put(ref, one, b"x")
        assert list(store.history.of(ref, path)) == []

    def test_it_lists_the_newest_of_each_path_with_deleted_ones(self, store: Store, ref: AssetRef):
        store.put(ref, "a", b"old")
        newest = {"a": store.put(ref, "a", b"new"), "b/1": store.put(ref, "b/1", b"1")}
        store.put(ref, "b/2", b"2")
        newest["b/2"] = store.remove(ref, "b/2")
        store.put(AssetRef(ref.database_id, ref.asset_id + "x"), "a", b"of another asset")
        rows = list(store.history.newest(ref, "", None))
        assert {row.path: row.version_id for row in rows} == newest
        assert [(row.path, row.deleted) for row in rows] == [("a", False), ("b/1", False), ("b/2", True)]
        assert [row.path for row in store.history.newest(ref, "b/", None)] == ["b/1", "b/2"]
        assert [row.path for row in store.history.newest(ref, "", "a")] == ["b/1", "b/2"]
        assert [row.path for row in store.history.newest(ref, "b/", "b/1")] == ["b/2"]

    def test_it_lists_the_folders_of_a_database_each_once(self, store: Store, ref: AssetRef):
        other = AssetRef(ref.database_id, f"{ref.asset_id}x")
        for one, path in (
            (ref, "a"),
            (ref, "b/c"),
            (other, "a"),
            (AssetRef(f"{ref.database_id}x", "y"), "a"),
        ):
            store.put(one, path, b"x")
        found = [one for one in store.history.folders(ref.database_id) if one.startswith(ref.asset_id)]
        assert found == [ref.asset_id, other.asset_id]
        assert list(store.history.folders(f"{ref.database_id}x")) == ["y"]

    def test_a_type_is_of_a_file_that_is_there(self, store: Store, ref: AssetRef):
        store.put(ref, "a", b"x")
        assert (store.history.content_type(ref, "a") or "").endswith("/octet-stream")
        assert store.history.content_type(ref, "nowhere") is None
        store.remove(ref, "a")
        assert store.history.content_type(ref, "a") is None
