"""The contract of `Files`, where time matters: what is there now, what became of a pin."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from assetversions.domain.manifests.manifest import Entry, PathChange
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.files import FileStatus

from tests.support.stores import Store

FINE = FileStatus(gone=False, altered=False, deleted_now=False)
# S3 knows its times to the second.
TICK = timedelta(seconds=1)

NextSecond = Callable[[], datetime]


@pytest.fixture
def timed_ref() -> AssetRef:
    return AssetRef("db-times", f"asset {uuid4()}")


def listed(store: Store, ref: AssetRef, base: list[Entry] | None = None) -> list[PathChange]:
    return list(store.files.working(ref, base).rows)


def entries_of(store: Store, ref: AssetRef) -> list[Entry]:
    return [row.current for row in listed(store, ref) if row.current is not None]


class TestFilesInTime:
    def test_now_tells_the_newest_file_at_each_path(self, store: Store, timed_ref: AssetRef):
        for path in ("a", "b", "c"):
            store.put(timed_ref, path, b"old")
        newest = store.put(timed_ref, "c", b"newest")
        store.remove(timed_ref, "b")
        found = store.files.current(timed_ref, ["c", "b", "a", "never"])
        assert [entry and entry.path for entry in found] == ["c", None, "a", None], "in the order given"
        assert found[0] == Entry("c", newest, 6, found[0].etag, found[0].modified)  # type: ignore[union-attr]
        assert {found[0], found[2]} == set(entries_of(store, timed_ref))
        assert store.files.current(timed_ref, []) == []

    def test_working_has_a_row_for_every_path_of_either_side(
        self, store: Store, timed_ref: AssetRef, next_second: NextSecond
    ):
        for path in ("changed", "deleted", "destroyed", "same"):
            store.put(timed_ref, path, b"before")
        base = entries_of(store, timed_ref)
        known = {entry.path: entry for entry in base}
        next_second()
        store.put(timed_ref, "changed", b"after")
        store.remove(timed_ref, "deleted")
        store.purge(timed_ref, "destroyed", known["destroyed"].version_id)
        store.put(timed_ref, "added", b"new")
        now = {entry.path: entry for entry in entries_of(store, timed_ref)}
        assert listed(store, timed_ref, base) == [
            PathChange("added", None, now["added"]),
            PathChange("changed", known["changed"], now["changed"]),
            PathChange("deleted", known["deleted"], None),
            PathChange("destroyed", known["destroyed"], None),
            PathChange("same", known["same"], known["same"]),
        ]
        assert now["changed"] != known["changed"]

    def test_without_a_base_nothing_is_known(self, store: Store, timed_ref: AssetRef):
        store.put(timed_ref, "a", b"a")
        store.put(timed_ref, "b", b"b")
        store.remove(timed_ref, "b")
        [row] = listed(store, timed_ref)
        assert (row.path, row.base, row.current) == ("a", None, entries_of(store, timed_ref)[0])
        assert listed(store, timed_ref, []) == [row]

    def test_an_emptied_asset_still_has_rows_for_its_base(self, store: Store, timed_ref: AssetRef):
        store.put(timed_ref, "a", b"a")
        base = entries_of(store, timed_ref)
        store.remove(timed_ref, "a")
        assert listed(store, timed_ref, base) == [PathChange("a", base[0], None)]

    def test_status_says_altered_of_other_bytes_than_were_pinned(self, store: Store, timed_ref: AssetRef):
        for path in ("etag", "fine", "size"):
            store.put(timed_ref, path, b"x")
        etag, fine, size = entries_of(store, timed_ref)
        pinned = [etag._replace(etag="0" * 32), fine, size._replace(size=2)]
        altered = FileStatus(gone=False, altered=True, deleted_now=False)
        assert store.files.status(timed_ref, pinned, None) == {"etag": altered, "fine": FINE, "size": altered}

    def test_what_is_gone_is_not_altered(self, store: Store, timed_ref: AssetRef):
        store.put(timed_ref, "a", b"x")
        [entry] = entries_of(store, timed_ref)
        store.purge(timed_ref, "a", entry.version_id)
        gone = FileStatus(gone=True, altered=False, deleted_now=False)
        assert store.files.status(timed_ref, [entry._replace(size=9)], None) == {"a": gone}

    @pytest.mark.parametrize("page", [1, 2, 3])
    def test_status_page_by_page_is_the_same_as_at_once(self, store: Store, timed_ref: AssetRef, page: int):
        paths = ["a", "a/b", "b", "größe", "資"]
        for path in paths:
            store.put(timed_ref, path, b"x")
        entries = entries_of(store, timed_ref)
        store.remove(timed_ref, "b")
        store.put(timed_ref, "a/b", b"newer")
        whole, after = store.files.status(timed_ref, entries, None), None
        found: dict[str, FileStatus] = {}
        for start in range(0, len(entries), page):
            part = entries[start : start + page]
            found |= store.files.status(timed_ref, part, after)
            after = part[-1].path
        assert found == whole
        assert [path for path in paths if whole[path].deleted_now] == ["b"]
