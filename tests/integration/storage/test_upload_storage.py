"""Uploads through the real storage: a crash in the middle is finished by the same request."""

import time
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest
from assetversions.domain.commands.files import AbortUpload, CompleteUpload, StartUpload
from assetversions.domain.errors import Busy, Conflict, Incomplete, NotFound
from assetversions.domain.subscriptions import Subscription
from assetversions.domain.uploads import KEPT_FOR, OPEN_FOR, NewFile
from assetversions.engine import commit
from assetversions.operations.uploads.abort_upload import abort_upload
from assetversions.operations.uploads.complete_upload import complete_upload
from assetversions.operations.uploads.start_upload import start_upload
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.subscriptions import DynamoSubscriptions
from assetversions.storage.dynamodb.uploads import FILES_AN_ITEM
from botocore.exceptions import ClientError

from tests.support.upload_store import ASSET, REF, Store, break_at, upload_store

store = pytest.fixture(upload_store)


def test_a_crash_between_two_files_is_finished_by_the_same_request(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = store.send(store.start("a.txt", "b.txt"))
    complete = store.s3.complete_multipart_upload

    def crash_at_b(**request: Any) -> Any:
        if request["Key"].endswith("b.txt"):
            raise ClientError({"Error": {"Code": "InternalError", "Message": ""}}, "CompleteMultipartUpload")
        return complete(**request)

    with monkeypatch.context() as broken:
        broken.setattr(store.s3, "complete_multipart_upload", crash_at_b)
        with pytest.raises(ClientError):
            complete_upload(command, ASSET, store.services)
    assert store.versions() == ["a.txt"]
    first = complete_upload(command, ASSET, store.services)
    assert store.versions() == ["a.txt", "b.txt"]
    assert complete_upload(command, ASSET, store.services) == first, "its reply may have been lost"
    other = CompleteUpload(REF, command.upload_id, command.files[:1])
    with pytest.raises(Conflict, match="other files"):
        complete_upload(other, ASSET, store.services)
    assert store.versions() == ["a.txt", "b.txt"]


def test_an_abort_after_a_failure_puts_back_what_was_there(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it says so: nobody is told that nothing happened."""
    store.s3.put_object(Bucket="assets", Key="db1/a1/old.txt", Body=b"there before")
    command = store.send(store.start("new.txt", "old.txt", "slow.txt"))
    with monkeypatch.context() as broken:
        break_at(store, broken, "slow.txt")
        with pytest.raises(ClientError):
            complete_upload(command, ASSET, store.services)
    assert store.working() == {"new.txt": b"abc", "old.txt": b"abc"}
    done = abort_upload(AbortUpload(REF, command.upload_id), ASSET, store.services)
    assert store.working() == {"old.txt": b"there before"}
    assert (done.put_back, store.under_way()) == (("new.txt", "old.txt"), 0)
    assert abort_upload(AbortUpload(REF, command.upload_id), ASSET, store.services).put_back == ()
    with pytest.raises(Conflict, match="aborted"):
        complete_upload(command, ASSET, store.services)


def test_an_empty_file_is_not_written_over_what_came_after_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = store.start("b.txt", empty=("a.txt",))
    command = store.send(started)
    put, written = store.s3.put_object, Event()

    def put_first(**request: Any) -> Any:
        reply = put(**request)
        written.set()
        return reply

    with monkeypatch.context() as broken:
        break_at(store, broken, "b.txt")
        refuse = store.s3.complete_multipart_upload
        broken.setattr(store.s3, "put_object", put_first)
        broken.setattr(
            store.s3, "complete_multipart_upload", lambda **request: written.wait(60) and refuse(**request)
        )
        with pytest.raises(ClientError):
            complete_upload(command, ASSET, store.services)
    store.s3.put_object(Bucket="assets", Key="db1/a1/a.txt", Body=b"somebody's")
    with pytest.raises(Conflict, match=r"something newer stands at 'a\.txt'"):
        complete_upload(command, ASSET, store.services)
    assert store.working() == {"a.txt": b"somebody's", "b.txt": b"abc"}


def test_two_uploads_of_one_path_are_not_completed_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second waits for the first, or, where that broke off, takes it back and goes on."""
    first, second = store.send(store.start("a.txt", "b.txt")), store.send(store.start("a.txt"))
    complete = store.s3.complete_multipart_upload
    seen: list[str] = []
    waited: list[float] = []

    def meet(**request: Any) -> Any:
        if not seen:
            seen.append("once")
            monkeypatch.setattr(commit, "pauses", lambda: iter([0.1, 0.2, 0.3]))
            monkeypatch.setattr(time, "sleep", waited.append)
            with pytest.raises(Busy, match="upload by ann"):
                complete_upload(second, ASSET, store.services)
        if request["Key"].endswith("b.txt"):
            raise ClientError({"Error": {"Code": "SlowDown", "Message": ""}}, "CompleteMultipartUpload")
        return complete(**request)

    with monkeypatch.context() as broken:
        broken.setattr(store.s3, "complete_multipart_upload", meet)
        with pytest.raises(ClientError):
            complete_upload(first, ASSET, store.services)
    complete_upload(second, ASSET, store.services)
    assert (seen, list(store.working())) == (["once"], ["a.txt"])
    assert waited == [0.1, 0.2, 0.3]
    with pytest.raises(Conflict, match="aborted"):
        complete_upload(first, ASSET, store.services)


def test_one_upload_is_not_completed_twice_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who sends it again meanwhile is told to wait, and then gets the answer of the first."""
    command = store.send(store.start("a.txt"))
    complete = store.s3.complete_multipart_upload

    def meet(**request: Any) -> Any:
        monkeypatch.setattr(store.s3, "complete_multipart_upload", complete)
        with pytest.raises(Busy, match="upload by ann"):
            complete_upload(command, ASSET, store.services)
        assert store.versions() == []
        return complete(**request)

    monkeypatch.setattr(commit, "pauses", lambda: iter([0.0]))
    monkeypatch.setattr(store.s3, "complete_multipart_upload", meet)
    first = complete_upload(command, ASSET, store.services)
    assert complete_upload(command, ASSET, store.services) == first
    assert store.versions() == ["a.txt"]


@pytest.mark.parametrize("next_", ["the same request", "another upload of the file"])
def test_an_upload_whose_end_was_noted_late_is_not_taken_back(
    store: Store, monkeypatch: pytest.MonkeyPatch, next_: str
) -> None:
    """A second attempt has begun meanwhile, and broke off."""
    command = store.send(store.start("a.txt"))
    late: list[Any] = []

    def lost(*given: Any) -> None:
        late.append(given)
        raise ClientError({"Error": {"Code": "SlowDown", "Message": ""}}, "UpdateItem")

    end = store.services.uploads.end
    for broken, name in ((store.services.uploads, "end"), (store.services.transfers, "complete")):
        with monkeypatch.context() as patch:
            patch.setattr(broken, name, lost)
            with pytest.raises(ClientError):
                complete_upload(command, ASSET, store.services)
    end(*late[0])
    if next_ == "the same request":
        complete_upload(command, ASSET, store.services)
    else:
        complete_upload(store.send(store.start("a.txt")), ASSET, store.services)
    assert [change for change in store.services.journal.sets(REF) if change.open] == []
    assert store.versions() == ["a.txt"] * (1 if next_ == "the same request" else 2)


def test_a_file_is_kept_with_its_media_type(store: Store) -> None:
    paths = {"a.gltf": "model/gltf+json", "b.glb": "model/gltf-binary", "c.usdz": "model/vnd.usdz+zip"}
    paths |= {"d.ktx2": "image/ktx2", "e.dwg": "image/vnd.dwg", "f.rvt": "application/vnd.autodesk.revit"}
    complete_upload(store.send(store.start(*paths, empty=("g.yaml",))), ASSET, store.services)
    for path, kind in (paths | {"g.yaml": "application/yaml"}).items():
        assert store.s3.head_object(Bucket="assets", Key=f"db1/a1/{path}")["ContentType"] == kind


def test_a_reply_that_was_lost_is_finished_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    command = store.send(store.start("a.txt"))
    with monkeypatch.context() as broken:
        broken.setattr(store.services.uploads, "end", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            complete_upload(command, ASSET, store.services)
    store.s3.put_object(Bucket="assets", Key="db1/a1/a.txt", Body=b"another's, meanwhile")
    with pytest.raises(Conflict, match=r"something newer stands at 'a\.txt'"):
        complete_upload(command, ASSET, store.services)
    assert len(store.versions()) == 2


def test_parts_that_were_thrown_away_are_not_taken_for_a_finished_file(store: Store) -> None:
    store.s3.put_object(Bucket="assets", Key="db1/a1/a.txt", Body=b"there before")
    started = store.start("a.txt")
    command = store.send(started)
    store.services.transfers.abort(REF, started.upload.files)
    with pytest.raises(Incomplete, match="gone"):
        complete_upload(command, ASSET, store.services)


def test_what_was_sent_to_another_upload_of_the_same_file_is_not_taken(store: Store) -> None:
    mine, theirs = store.send(store.start("a.txt")), store.send(store.start("a.txt"))
    mixed = CompleteUpload(REF, mine.upload_id, theirs.files)
    with pytest.raises(Incomplete, match="uploadIdS3"):
        complete_upload(mixed, ASSET, store.services)
    assert store.versions() == []


def test_files_that_are_not_named_are_given_up(store: Store) -> None:
    command = store.send(store.start("a.txt", "b.txt"))
    some = CompleteUpload(REF, command.upload_id, command.files[:1])
    assert complete_upload(some, ASSET, store.services).given_up == ("b.txt",)
    assert (store.versions(), store.under_way()) == (["a.txt"], 0)


def test_an_aborted_or_expired_upload_ends(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = store.send(store.start("a.txt")), store.send(store.start("b.txt"))
    abort_upload(AbortUpload(REF, first.upload_id), ASSET, store.services)
    assert store.under_way() == 1
    store.services.now = lambda: datetime.now(UTC) + OPEN_FOR + timedelta(seconds=1)
    for command, says in ((first, "aborted"), (second, "expired")):
        with pytest.raises(Conflict, match=says):
            complete_upload(command, ASSET, store.services)
    assert store.versions() == []


def test_a_large_upload_is_recorded_whole_and_expires(store: Store) -> None:
    paths = [f"{number}.txt" for number in range(2 * FILES_AN_ITEM + 1)]
    started = store.start(*paths)
    upload = store.services.uploads.get(REF, started.upload.upload_id)
    assert [file.path for file in upload.files] == paths
    rows = store.table.query(keys.asset_partition("db1", "a1"), prefix="UPLOAD")
    assert {int(row[keys.EXPIRES]) for row in rows} == {int((upload.begun_at + KEPT_FOR).timestamp())}
    assert store.services.uploads.get(REF, upload.upload_id[:-1]) is None


def test_an_upload_is_kept_as_it_was_started_also_with_a_file_of_unknown_size(store: Store) -> None:
    files = (NewFile("a", "/a", 3, 1, True), NewFile("b", "b", None, 2), NewFile("c", "c", 0, 0))
    started = start_upload(StartUpload(REF, files), ASSET, store.services).upload
    assert [file[:3] for file in started.files] == [("a", 3, 1), ("b", None, 2), ("c", 0, 0)]
    assert store.services.uploads.get(REF, started.upload_id) == started


def test_subscribers_come_and_go_one_by_one(store: Store) -> None:
    subscriptions = DynamoSubscriptions(store.table)
    subscriptions.add(REF, frozenset({"ann"}))
    subscriptions.add(REF, frozenset({"bob", "eve"}))
    with pytest.raises(Conflict):
        subscriptions.add(REF, frozenset({"dan", "bob"}))
    subscriptions.remove(REF, frozenset({"eve"}))
    assert subscriptions.get(REF) == Subscription(REF, frozenset({"ann", "bob"}))
    assert [asset.ref for _, asset in subscriptions.all(None, 10)] == [REF]
    assert list(subscriptions.all("db1#a1", 10)) == []
    with pytest.raises(NotFound):
        subscriptions.remove(REF, frozenset({"ann", "eve"}))
    subscriptions.remove(REF, frozenset({"ann", "bob"}))
    assert subscriptions.get(REF) is None
    assert [one.subscribers for one, _ in subscriptions.all(None, 10)] == [frozenset()]


def test_what_stood_at_a_path_but_for_open_uploads_is_found_below_them(store: Store) -> None:
    old = store.s3.put_object(Bucket="assets", Key="db1/a1/a.txt", Body=b"old")["VersionId"]
    command = store.send(store.start("a.txt", "b.txt"))
    complete_upload(command, ASSET, store.services)
    ours = {"a.txt": {command.upload_id}, "b.txt": {command.upload_id}}
    found = store.services.transfers.stood(REF, ours)
    assert found == {"a.txt": old, "b.txt": None}
    newest = store.s3.head_object(Bucket="assets", Key="db1/a1/a.txt")["VersionId"]
    assert store.services.transfers.stood(REF, {"a.txt": {"another"}}) == {"a.txt": newest}


def test_a_new_file_that_is_taken_back_leaves_its_object_version_and_a_marker_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = store.send(store.start("a.txt", "b.txt"))
    break_at(store, monkeypatch, "b.txt")
    with pytest.raises(ClientError):
        complete_upload(command, ASSET, store.services)
    abort_upload(AbortUpload(REF, command.upload_id), ASSET, store.services)
    rows = store.s3.list_object_versions(Bucket="assets", Prefix="db1/a1/a.txt")
    assert (len(rows["Versions"]), len(rows["DeleteMarkers"])) == (1, 1)
