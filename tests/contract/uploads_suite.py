"""The contract of `Files`, where uploads in parts overlap: S3 dates and places each by its start."""

from datetime import timedelta

from assetversions.domain.manifests.merge import has_checksum, tell_bytes
from assetversions.domain.model import AssetRef
from assetversions.domain.uploads import MIN_PART_BYTES

from tests.contract.files_as_of_suite import NextSecond, entries_of, timed_ref
from tests.support.stores import Store

__all__ = ["timed_ref"]


class TestUploads:
    def test_the_newest_of_overlapping_uploads_is_the_one_that_started_last(
        self, store: Store, timed_ref: AssetRef
    ):
        first, second = (store.begin_upload(timed_ref, "a") for _ in range(2))
        newest = second(b"started last")
        first(b"completed last")
        assert [entry.version_id for entry in entries_of(store, timed_ref)] == [newest]
        assert store.read(timed_ref, "a") == b"started last"

    def test_an_upload_completed_after_a_later_put_never_becomes_visible(
        self, store: Store, timed_ref: AssetRef
    ):
        complete = store.begin_upload(timed_ref, "a")
        put = store.put(timed_ref, "a", b"put")
        hidden = complete(b"begun before")
        found = store.files.find(timed_ref, "a")
        assert found is not None and found.version_id == put
        pinned = store.files.find(timed_ref, "a", hidden)
        assert pinned is not None and pinned.size == len(b"begun before")

    def test_an_upload_completed_after_a_later_delete_stays_deleted(self, store: Store, timed_ref: AssetRef):
        store.put(timed_ref, "a", b"old")
        complete = store.begin_upload(timed_ref, "a")
        store.remove(timed_ref, "a")
        complete(b"begun before")
        assert entries_of(store, timed_ref) == []

    def test_of_one_second_it_tells_everything_newest_first(self, store: Store, timed_ref: AssetRef):
        """Where dates do not tell, the order of the list does; for deletes, too."""
        first = store.put(timed_ref, "a", b"1")
        complete = store.begin_upload(timed_ref, "a")
        marker, second = store.remove(timed_ref, "a"), store.put(timed_ref, "a", b"2")
        again, last = store.remove(timed_ref, "a"), store.put(timed_ref, "a", b"3")
        slow = complete(b"begun before")
        rows = list(store.history.everything(timed_ref, ""))
        assert [row.version_id for row in rows] == [last, again, second, marker, slow, first]
        assert [row.version_id for row in rows if row.deleted] == [again, marker]
        assert [row.version_id for row in rows if row.latest] == [last]
        assert list(store.history.of(timed_ref, "a")) == rows

    def test_what_came_in_parts_can_be_told(self, store: Store, timed_ref: AssetRef):
        slow, put = store.begin_upload(timed_ref, "a")(b"slow"), store.put(timed_ref, "b", b"put")
        store.remove(timed_ref, "c")
        rows = {row.path: row for row in store.history.everything(timed_ref, "")}
        assert [(rows[path].version_id, rows[path].in_parts) for path in "ab"] == [(slow, True), (put, False)]
        assert not rows["c"].in_parts

    def test_a_file_uploaded_in_parts_dates_from_the_start_of_its_upload(
        self, store: Store, timed_ref: AssetRef, next_second: NextSecond
    ):
        complete = store.begin_upload(timed_ref, "a")
        started = next_second() - timedelta(seconds=1)
        complete(b"slow")
        [entry] = entries_of(store, timed_ref)
        assert entry.modified <= int(started.timestamp())

    def test_a_file_has_one_checksum_in_how_many_parts_it_came(self, store: Store, timed_ref: AssetRef):
        """It is told where the ETag does not tell the bytes, and of any file when it is asked for."""
        first = bytes(MIN_PART_BYTES)
        store.begin_upload(timed_ref, "two parts")(first, b"rest")
        store.begin_upload(timed_ref, "one part")(first + b"rest")
        store.begin_upload(timed_ref, "other bytes")(first, b"Rest")
        found = [store.files.find(timed_ref, path) for path in ("one part", "other bytes", "two parts")]
        entries = [entry for entry in found if entry is not None]
        assert [has_checksum(entry) for entry in entries] == [False, True, True]
        assert not any(has_checksum(entry) for entry in entries_of(store, timed_ref))
        one, other, two = store.files.with_checksums(timed_ref, entries)
        assert (tell_bytes(one, two), tell_bytes(one, other), tell_bytes(other, two)) == (True, False, False)
        gone = two._replace(version_id=one.version_id, checksum=None)
        assert store.files.with_checksums(timed_ref, [gone]) == [gone]
