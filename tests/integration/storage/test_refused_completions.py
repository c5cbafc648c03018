"""What a database takes is asked when an upload is completed, too: it may have changed since it began."""

from collections.abc import Iterator
from typing import Any

import pytest
from assetversions.domain.commands.files import AbortUpload, StartUpload
from assetversions.domain.errors import Conflict, Invalid
from assetversions.domain.uploads import NewFile
from assetversions.operations.uploads.abort_upload import abort_upload
from assetversions.operations.uploads.complete_upload import complete_upload
from assetversions.operations.uploads.start_upload import start_upload
from msgspec.structs import replace

from tests.support.upload_store import ASSET, REF, Store, upload_store


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    yield from upload_store(monkeypatch)


def change(store: Store, **facts: Any) -> None:
    old = store.services.records.database(REF.database_id)
    store.services.records.update_database(old, replace(old, **facts))


@pytest.mark.parametrize(
    ("paths", "facts", "told"),
    [
        (["a.glb", "b.txt"], {"extensions": (".glb",)}, "takes only files of .glb"),
        (["a.txt", "what?.txt"], {"portable_names": True}, "'what\\?.txt'"),
        (["A.txt", "a.txt"], {"portable_names": True}, "'a.txt' is the same as 'A.txt'"),
    ],
)
def test_what_it_does_not_take_any_more_is_refused_and_the_upload_stays_open(
    store: Store, paths: list[str], facts: dict[str, Any], told: str
):
    started = store.start(*paths)
    command = store.send(started)
    change(store, **facts)
    with pytest.raises(Invalid, match=told):
        complete_upload(command, ASSET, store.services)
    assert (store.versions(), store.under_way()) == ([], 2)
    change(store, **{name: type(value)() for name, value in facts.items()})
    complete_upload(command, ASSET, store.services)
    assert sorted(store.working()) == sorted(paths)


def test_it_can_be_aborted_then(store: Store):
    started = store.start("a.txt")
    command = store.send(started)
    change(store, extensions=(".glb",))
    with pytest.raises(Invalid, match=r"^files\.0\.relativeKey"):
        complete_upload(command, ASSET, store.services)
    abort_upload(AbortUpload(REF, started.upload.upload_id), ASSET, store.services)
    assert (store.versions(), store.under_way()) == ([], 0)


def test_what_is_not_named_is_not_asked_about(store: Store):
    """It is given up."""
    started = store.start("a.glb", "b.txt")
    command = store.send(started)
    change(store, extensions=(".glb",))
    named = tuple(file for file in command.files if file.path == "a.glb")
    complete_upload(replace(command, files=named), ASSET, store.services)
    assert store.versions() == ["a.glb"]


def test_an_upload_on_another_revision_is_neither_started_completed_nor_aborted(store: Store):
    started = store.start("a.txt")
    command = store.send(started)
    abort = AbortUpload(REF, started.upload.upload_id)
    start = StartUpload(REF, (NewFile("b.txt", "b.txt", 3, 1),))
    attempts: list[tuple[Any, Any]] = [
        (start_upload, start),
        (complete_upload, command),
        (abort_upload, abort),
    ]
    for operation, asked in attempts:
        with pytest.raises(Conflict, match="ETag"):
            operation(replace(asked, expected_rev=ASSET.rev + 1), ASSET, store.services)
    assert (store.versions(), store.under_way()) == ([], 1)
    complete_upload(replace(command, expected_rev=ASSET.rev), ASSET, store.services)
    assert store.versions() == ["a.txt"]


def test_an_upload_that_is_completed_tells_so_again_whatever_has_moved_since(store: Store):
    command = replace(store.send(store.start("a.txt")), expected_rev=ASSET.rev)
    first = complete_upload(command, ASSET, store.services)
    assert complete_upload(command, replace(ASSET, rev=ASSET.rev + 1), store.services).files == first.files
