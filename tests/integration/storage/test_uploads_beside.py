"""Uploads that go beside an asset's files: its preview, and what pipelines made of the files for viewers."""

from collections.abc import Iterator
from typing import Any

import pytest
from assetversions.domain.commands.files import AbortUpload, CompleteUpload, RenewLinks, StartUpload
from assetversions.domain.errors import Conflict, Incomplete, Invalid, ReadOnly
from assetversions.domain.model import Preview
from assetversions.domain.shelves import Shelf
from assetversions.domain.uploads import NewFile, Part, SentFile
from assetversions.operations.uploads.abort_upload import abort_upload
from assetversions.operations.uploads.complete_upload import complete_upload
from assetversions.operations.uploads.renew_links import renew_links
from assetversions.operations.uploads.start_upload import start_upload
from msgspec.structs import replace

from tests.support.upload_store import ASSET, NOW, REF, Store, upload_store

ARCHIVED = replace(ASSET, archived_at=NOW)
MADE = "scan.e57/preview/viewer.json"
BOTH = pytest.mark.parametrize(("shelf", "path"), [(Shelf.PREVIEW, "a.png"), (Shelf.AUXILIARY, MADE)])


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    yield from upload_store(monkeypatch)


def start(store: Store, shelf: Shelf, *paths: str, asset: Any = ASSET) -> Any:
    files = tuple(NewFile(path, path, 3, 1) for path in paths)
    return start_upload(StartUpload(REF, files, shelf=shelf), asset, store.services)


def send(store: Store, started: Any, body: bytes = b"abc") -> CompleteUpload:
    """The command that completes all of it."""
    sent, shelf = [], started.upload.shelf
    for file in started.upload.files:
        part = {"Bucket": "assets", "Key": f".{shelf}/db1/a1/{file.path}", "UploadId": file.s3_id}
        reply = store.s3.upload_part(**part, PartNumber=1, Body=body)
        sent.append(SentFile(file.path, file.path, file.s3_id, (Part(1, reply["ETag"].strip('"')),)))
    return CompleteUpload(REF, started.upload.upload_id, tuple(sent), shelf=shelf)


def put(store: Store, shelf: Shelf, *paths: str, body: bytes = b"abc") -> CompleteUpload:
    command = send(store, start(store, shelf, *paths), body)
    complete_upload(command, ASSET, store.services)
    return command


def head(store: Store) -> Any:
    return store.services.records.asset(REF)


@BOTH
def test_it_is_none_of_the_assets_files(store: Store, shelf: Shelf, path: str):
    """So no version has it: it is stored where no database is, and nothing of it is in the journal."""
    put(store, shelf, path)
    assert store.versions() == [f".{shelf}/db1/a1/{path}"]
    assert list(store.services.journal.sets(REF)) == []


def test_the_last_preview_is_that_of_the_asset_and_its_history_tells_of_it(store: Store):
    put(store, Shelf.PREVIEW, "a.png")
    first = head(store).preview
    put(store, Shelf.PREVIEW, "b.svg")
    put(store, Shelf.PREVIEW, "a.png", body=b"new")
    last = head(store).preview
    assert (first.name, last.name) == ("a.png", "a.png")
    assert first.object_version != last.object_version
    there = {"Bucket": "assets", "Key": ".assetPreview/db1/a1/a.png"}
    for preview, body in ((first, b"abc"), (last, b"new")):
        found = store.s3.get_object(**there, VersionId=preview.object_version)
        assert found["Body"].read() == body
    told = [(event.kind, event.detail) for event in store.services.records.events(REF, None, 9)]
    assert told == [("asset.updated", {"fields": "preview"})] * 3


def test_what_a_pipeline_made_changes_nothing_of_the_asset(store: Store):
    put(store, Shelf.AUXILIARY, MADE, "scan.e57/preview/data.bin")
    assert (head(store).rev, head(store).preview) == (ASSET.rev, None)


@BOTH
def test_a_completion_that_broke_off_is_finished_by_the_same_request(
    store: Store, monkeypatch: pytest.MonkeyPatch, shelf: Shelf, path: str
):
    command = send(store, start(store, shelf, path))

    def fail(*_facts: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(store.services.uploads, "end", fail)
        with pytest.raises(RuntimeError):
            complete_upload(command, ASSET, store.services)
    rev, renewed = head(store).rev, renew_links(RenewLinks(REF, command.upload_id), ASSET, store.services)
    assert [file.links for file in renewed.files] == [{}]
    for _ in range(2):
        done = complete_upload(command, ASSET, store.services)
        assert ([file.path for file in done.files], done.given_up) == ([path], ())
    assert (store.versions(), head(store).rev) == ([f".{shelf}/db1/a1/{path}"], rev)


@BOTH
def test_one_that_is_aborted_leaves_nothing(store: Store, shelf: Shelf, path: str):
    command = send(store, start(store, shelf, path))
    abort = AbortUpload(REF, command.upload_id)
    for _ in range(2):
        assert abort_upload(abort, ASSET, store.services).put_back == ()
    with pytest.raises(Conflict, match="aborted"):
        complete_upload(command, ASSET, store.services)
    assert (store.versions(), store.under_way(), head(store).preview) == ([], 0, None)
    with pytest.raises(Conflict, match="completed"):
        abort_upload(AbortUpload(REF, put(store, shelf, path).upload_id), ASSET, store.services)


@BOTH
def test_it_is_completed_as_what_it_was_begun(store: Store, shelf: Shelf, path: str):
    command = send(store, start(store, shelf, path))
    for other in set(Shelf) - {shelf}:
        with pytest.raises(Invalid, match=f"uploadType.*'{shelf}'"):
            complete_upload(replace(command, shelf=other), ASSET, store.services)
    short = send(store, start(store, shelf, path), b"ab")
    with pytest.raises(Incomplete):
        complete_upload(short, ASSET, store.services)
    assert (store.versions(), head(store).preview) == ([], None)


def test_what_is_not_named_is_given_up(store: Store):
    command = send(store, start(store, Shelf.AUXILIARY, MADE, "x/preview/y"))
    named = replace(command, files=command.files[:1])
    for _ in range(2):
        assert complete_upload(named, ASSET, store.services).given_up == ("x/preview/y",)
    assert store.under_way() == 0
    with pytest.raises(Incomplete):
        complete_upload(command, ASSET, store.services)


@BOTH
def test_an_archived_asset_takes_none(store: Store, shelf: Shelf, path: str):
    command = send(store, start(store, shelf, path))
    with pytest.raises(ReadOnly):
        start(store, shelf, path, asset=ARCHIVED)
    with pytest.raises(ReadOnly):
        complete_upload(command, ARCHIVED, store.services)
    assert (store.versions(), head(store).preview) == ([], None)


def test_the_head_keeps_it(store: Store):
    put(store, Shelf.PREVIEW, "ä.jpeg")
    preview = head(store).preview
    assert isinstance(preview, Preview)
    assert preview.name == "ä.jpeg"
