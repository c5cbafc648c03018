"""An upload whose files all have seen is complete, also where the request ended before it was on record."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from assetversions.domain.commands.files import AbortUpload, CompleteUpload
from assetversions.domain.errors import AtWork, Conflict, Error
from assetversions.domain.journal import DEAD_AFTER
from assetversions.domain.uploads import OPEN_FOR
from assetversions.engine import commit
from assetversions.operations.uploads.abort_upload import abort_upload
from assetversions.operations.uploads.complete_upload import complete_upload
from botocore.exceptions import ClientError

from tests.support.faults import Crash
from tests.support.upload_store import ASSET, REF, Store, break_at, upload_store

store = pytest.fixture(upload_store)


def never(*_facts: Any) -> Any:
    raise Crash


def break_off(store: Store, patch: pytest.MonkeyPatch, command: CompleteUpload) -> None:
    """Right before the end of the upload would be on record."""
    with patch.context() as broken:
        broken.setattr(store.services.uploads, "end", never)
        with pytest.raises(Crash):
            complete_upload(command, ASSET, store.services)


def pass_time(store: Store) -> None:
    """Until nobody who broke off counts as at work."""
    now = store.services.now() + 2 * DEAD_AFTER
    store.services.now = lambda: now


def taken_in(store: Store) -> None:
    """By a version."""
    store.services.journal.consume(REF, store.services.journal.sets(REF))


def still_there(_store: Store) -> None:
    """No version was made since."""


SINCE = pytest.mark.parametrize("since", [taken_in, still_there])


@SINCE
def test_it_is_not_said_to_be_aborted(
    store: Store, monkeypatch: pytest.MonkeyPatch, since: Callable[[Store], None]
):
    command = store.send(store.start("a.txt", "b.txt"))
    break_off(store, monkeypatch, command)
    since(store)
    with pytest.raises(Conflict, match="was completed already"):
        abort_upload(AbortUpload(REF, command.upload_id), ASSET, store.services)
    assert sorted(store.versions()) == ["a.txt", "b.txt"]
    assert complete_upload(command, ASSET, store.services).files == command.files


@SINCE
@pytest.mark.parametrize("again", ["claim", "open"])
def test_nor_is_it_where_its_completion_was_begun_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch, since: Callable[[Store], None], again: str
):
    """And what it has replaced does not come back, nor goes what is new."""
    store.s3.put_object(Bucket="assets", Key="db1/a1/a.txt", Body=b"there before")
    command = store.send(store.start("a.txt", "b.txt"))
    break_off(store, monkeypatch, command)
    since(store)
    with monkeypatch.context() as broken:
        journal = store.services.journal
        real = getattr(journal, again)
        broken.setattr(journal, again, lambda *given: never(real(*given)))
        with pytest.raises(Crash):
            complete_upload(command, ASSET, store.services)
    pass_time(store)
    with pytest.raises(Conflict, match="was completed already"):
        abort_upload(AbortUpload(REF, command.upload_id), ASSET, store.services)
    complete_upload(store.send(store.start("a.txt")), ASSET, store.services)
    assert sorted(store.versions()) == ["a.txt", "a.txt", "a.txt", "b.txt"]
    assert [change for change in store.services.journal.sets(REF) if change.open] == []


def test_an_abort_that_broke_off_is_finished(store: Store, monkeypatch: pytest.MonkeyPatch):
    command = store.send(store.start("a.txt", "b.txt"))
    with monkeypatch.context() as broken:
        break_at(store, broken, "b.txt")
        with pytest.raises(ClientError):
            complete_upload(command, ASSET, store.services)
    with monkeypatch.context() as broken:
        broken.setattr(store.services.journal, "close", never)
        with pytest.raises(Crash):
            abort_upload(AbortUpload(REF, command.upload_id), ASSET, store.services)
    pass_time(store)
    abort_upload(AbortUpload(REF, command.upload_id), ASSET, store.services)
    abort_upload(AbortUpload(REF, command.upload_id), ASSET, store.services)
    assert store.working() == {}
    assert [change for change in store.services.journal.sets(REF) if change.open] == []


@pytest.mark.parametrize("first", ["the completion", "the abort"])
def test_of_a_completion_and_an_abort_at_once_only_one_is_done(
    store: Store, monkeypatch: pytest.MonkeyPatch, first: str
):
    """Each has read that the upload is open before the other one begins."""
    command = store.send(store.start("a.txt"))
    complete = partial(complete_upload, command, ASSET, store.services)
    abort = partial(abort_upload, AbortUpload(REF, command.upload_id), ASSET, store.services)
    winner, loser = (complete, abort) if first == "the completion" else (abort, complete)
    get = store.services.uploads.get

    def overtaken(*given: Any) -> Any:
        monkeypatch.setattr(store.services.uploads, "get", get)
        read = get(*given)
        winner()
        return read

    monkeypatch.setattr(store.services.uploads, "get", overtaken)
    with pytest.raises(Error, match="completed already" if loser is abort else "its parts are gone"):
        loser()
    assert store.versions() == (["a.txt"] if first == "the completion" else [])


def test_nobody_completes_an_upload_while_it_is_aborted(store: Store, monkeypatch: pytest.MonkeyPatch):
    command = store.send(store.start("a.txt", empty=("b.txt",)))
    monkeypatch.setattr(commit, "pauses", lambda: iter([0.0]))
    forget = store.services.transfers.abort
    met: list[AtWork] = []

    def beside(*given: Any) -> None:
        with pytest.raises(AtWork) as at_work:
            complete_upload(command, ASSET, store.services)
        met.append(at_work.value)
        forget(*given)

    monkeypatch.setattr(store.services.transfers, "abort", beside)
    abort_upload(AbortUpload(REF, command.upload_id), ASSET, store.services)
    assert (len(met), store.versions(), store.under_way()) == (1, [], 0)


def test_a_part_that_is_sent_again_in_between_is_a_conflict_and_can_be_completed(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    """A client's own repeat of a request may arrive late, behind the look at the parts."""
    started = store.start("a.txt", "b.txt")
    command = store.send(started)
    file = started.upload.files[1]
    again = {"Bucket": "assets", "Key": "db1/a1/b.txt", "UploadId": file.s3_id, "PartNumber": 1}
    complete = store.services.transfers.complete

    def late(*given: Any) -> Any:
        store.s3.upload_part(**again, Body=b"xyz")
        return complete(*given)

    with monkeypatch.context() as patch:
        patch.setattr(store.services.transfers, "complete", late)
        with pytest.raises(Conflict, match=r"'b\.txt'.*sent again"):
            complete_upload(command, ASSET, store.services)
    store.s3.upload_part(**again, Body=b"abc")
    complete_upload(command, ASSET, store.services)
    assert sorted(store.versions()) == ["a.txt", "b.txt"]


def test_what_broke_off_can_be_aborted_once_the_upload_has_expired(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    """Else half of it would stay among the files."""
    command = store.send(store.start("a.txt", "b.txt"))
    with monkeypatch.context() as broken:
        break_at(store, broken, "b.txt")
        with pytest.raises(ClientError):
            complete_upload(command, ASSET, store.services)
    late = store.services.now() + OPEN_FOR
    store.services.now = lambda: late
    with pytest.raises(Conflict, match="expired"):
        complete_upload(command, ASSET, store.services)
    done = abort_upload(AbortUpload(REF, command.upload_id), ASSET, store.services)
    assert (done.put_back, store.working(), store.under_way()) == (("a.txt",), {}, 0)
