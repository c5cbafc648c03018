"""The contract of `Manifests`: content-addressed, complete, read back from any position."""

from collections.abc import Iterable
from typing import Any

import pytest
from assetversions.domain import ids
from assetversions.domain.file_metadata import FileMetadata
from assetversions.domain.manifests.manifest import Damaged, Entry, Root
from assetversions.domain.manifests.merge import rows
from assetversions.domain.metadata import Metadata, Metadatum, ValueType
from assetversions.domain.ports.manifests import Stored

from tests.support.stores import CHUNK_TARGET, Store

COUNTS = [0, 1, CHUNK_TARGET, CHUNK_TARGET + 1, 100]


def entries(count: int) -> list[Entry]:
    return [Entry(f"größe/f{index:04d}", f"v{index}", index, "etag", 1_700_000_000) for index in range(count)]


def said(text: str) -> Metadata:
    return (Metadatum("größe", text, ValueType.STRING),)


def words(count: int, text: str = "x") -> list[FileMetadata]:
    return [FileMetadata(f"größe/f{index:04d}", said(text), said(str(index))) for index in range(count)]


def write(
    store: Store, uid: int, now: Iterable[Entry], before: Iterable[Entry] = (), known: Root | None = None
) -> Stored:
    return store.manifests.write(uid, rows(before, now), known)


@pytest.fixture
def uid() -> int:
    return ids.new_asset_uid()


class TestManifests:
    @pytest.mark.parametrize("count", COUNTS)
    def test_a_manifest_comes_back_as_it_was_written(self, store: Store, uid: int, count: int):
        written = entries(count)
        stored = write(store, uid, iter(written))
        root = store.manifests.root(uid, stored.digest)
        assert list(store.manifests.entries(uid, root)) == written
        assert (stored.files, stored.bytes) == (count, sum(entry.size for entry in written))
        assert (root.files, root.bytes) == (stored.files, stored.bytes)

    def test_only_what_does_not_fit_one_chunk_is_in_chunks(self, store: Store, uid: int):
        small = write(store, uid, entries(CHUNK_TARGET))
        large = write(store, uid, entries(100))
        assert store.manifests.root(uid, small.digest).chunks == ()
        assert len(store.manifests.root(uid, large.digest).chunks) > 3
        assert store.manifests.root(uid, large.digest).lines == b""

    @pytest.mark.parametrize("count", COUNTS)
    def test_reading_goes_on_behind_any_path(self, store: Store, uid: int, count: int):
        written = entries(count)
        root = store.manifests.root(uid, write(store, uid, written).digest)
        for index, entry in enumerate(written):
            assert list(store.manifests.entries(uid, root, entry.path)) == written[index + 1 :]
        assert list(store.manifests.entries(uid, root, "a")) == written
        assert list(store.manifests.entries(uid, root, "größe/f0000+")) == written[1:]
        assert list(store.manifests.entries(uid, root, "z")) == []

    def test_the_same_entries_have_the_same_digest(self, store: Store, uid: int):
        first = write(store, uid, entries(100))
        known = store.manifests.root(uid, first.digest)
        assert write(store, uid, entries(100)) == first
        assert write(store, uid, entries(100), entries(100), known) == first

    def test_any_difference_is_another_digest(self, store: Store, uid: int):
        written = entries(100)
        first = write(store, uid, written)
        others: dict[str, Any] = {"version_id": "other", "size": 9_999, "etag": "x", "modified": 1}
        for fact, value in others.items():
            changed = [*written[:50], written[50]._replace(**{fact: value}), *written[51:]]
            assert write(store, uid, changed).digest != first.digest
        assert write(store, uid, written[:-1]).digest != first.digest

    def test_what_is_built_on_a_known_manifest_is_still_complete(self, store: Store, uid: int):
        known = store.manifests.root(uid, write(store, uid, entries(100)).digest)
        changed = [*entries(100)[:70], Entry("größe/f0070", "new", 1, "e", 2), *entries(100)[71:]]
        root = store.manifests.root(uid, write(store, uid, changed, entries(100), known).digest)
        assert list(store.manifests.entries(uid, root)) == changed
        assert len(set(root.chunks) - set(known.chunks)) == 1

    @pytest.mark.parametrize("count", COUNTS)
    def test_one_file_is_found_by_its_path(self, store: Store, uid: int, count: int):
        written = entries(count)
        digest = write(store, uid, written).digest
        for entry in written:
            assert store.manifests.find(uid, digest, entry.path) == entry
        for path in ("a", "größe/f0000+", "z"):
            assert store.manifests.find(uid, digest, path) is None

    def test_one_file_is_found_in_each_of_many(self, store: Store, uid: int):
        lists = [entries(count) for count in (3, 10, 40)]
        digests = [write(store, uid, one).digest for one in lists]
        last = lists[-1][5]
        assert list(store.manifests.find_each(uid, digests, last.path)) == [None, lists[1][5], last]
        found = store.manifests.find_each(uid, [digests[2], "0" * 64, digests[1]], last.path)
        assert next(found) == last
        with pytest.raises(Damaged):
            next(found)

    def test_a_few_changes_of_many_files_are_a_delta_and_read_as_the_whole(self, store: Store, uid: int):
        before = entries(1_000)
        now = [*before[:499], before[500]._replace(version_id="new", size=7), *before[501:]]
        full = store.manifests.root(uid, write(store, uid, before).digest)
        stored = write(store, uid, now, before, full)
        root = store.manifests.root(uid, stored.digest)
        assert (root.base, len(root.changes), root.files) == (full.digest, 2, 999)
        assert list(store.manifests.entries(uid, root)) == now
        assert list(store.manifests.entries(uid, root, now[498].path)) == now[499:]
        assert list(store.manifests.beside(uid, full, root)) == [(before[499], None), (before[500], now[499])]
        for file, held in ((before[499], None), (before[500], now[499]), (before[700], now[699])):
            assert store.manifests.find(uid, stored.digest, file.path) == held
        assert write(store, uid, now, now, root) == stored
        assert write(store, uid, before, now, root).digest == full.digest

    def test_metadata_come_back_as_they_were_written(self, store: Store, uid: int):
        metadata = (Metadatum("größe", "1.5", ValueType.NUMBER), Metadatum("z", "", ValueType.STRING))
        digest = store.manifests.write_metadata(uid, metadata)
        assert digest == store.manifests.write_metadata(uid, metadata)
        assert store.manifests.metadata(uid, [digest, None, digest]) == {None: (), digest: metadata}
        assert store.manifests.write_metadata(uid, ()) is None

    def test_what_is_said_of_files_comes_back_from_any_path(self, store: Store, uid: int):
        rows = words(40)
        digest = store.manifests.write_file_metadata(uid, None, rows[::-1])
        assert list(store.manifests.file_metadata(uid, digest)) == rows
        assert list(store.manifests.file_metadata(uid, digest, rows[7].path)) == rows[8:]
        assert [store.manifests.file_metadata_at(uid, digest, row.path) for row in rows] == rows
        for path in ("a", "größe/f0000+", "z"):
            assert store.manifests.file_metadata_at(uid, digest, path) == FileMetadata(path)
        assert list(store.manifests.file_metadata(uid, None)) == []

    @pytest.mark.parametrize("bytes_each", [10, 100_000], ids=["in the root", "in parts"])
    def test_what_is_said_anew_stands_in_its_place_and_the_old_list_stays(
        self, store: Store, uid: int, bytes_each: int
    ):
        rows, text = words(12, "x" * bytes_each), "y" * bytes_each
        before = store.manifests.write_file_metadata(uid, None, rows)
        new = [*words(14, text)[12:], FileMetadata("a", said(text)), rows[5]._replace(metadata=said("new"))]
        new.append(FileMetadata(rows[3].path))
        now = store.manifests.write_file_metadata(uid, before, new)
        wanted = {row.path: row for row in [*rows, *new]}
        del wanted[rows[3].path]
        assert list(store.manifests.file_metadata(uid, now)) == [wanted[path] for path in sorted(wanted)]
        assert list(store.manifests.file_metadata(uid, before)) == rows
        assert [store.manifests.file_metadata_at(uid, now, row.path) for row in new] == new
        differs = {
            old.path: (old, new) for old, new in store.manifests.file_metadata_beside(uid, before, now)
        }
        held = {row.path: row for row in rows}
        assert differs == {row.path: (held.get(row.path, FileMetadata(row.path)), row) for row in new}
        assert list(store.manifests.file_metadata_beside(uid, now, now)) == []
        gone = [FileMetadata(path) for path in wanted]
        assert store.manifests.write_file_metadata(uid, now, gone) is None

    def test_manifests_of_two_assets_are_apart(self, store: Store, uid: int):
        digest = write(store, uid, entries(3)).digest
        with pytest.raises(Exception, match=r".+"):
            store.manifests.root(ids.new_asset_uid(), digest)
