"""A preview is uploaded beside its file, or with it, and is a small picture."""

from collections.abc import Iterator
from typing import Any

import pytest
from assetversions.domain.commands.files import StartUpload
from assetversions.domain.errors import Invalid
from assetversions.domain.uploads import NewFile
from assetversions.operations.uploads.complete_upload import complete_upload
from assetversions.operations.uploads.start_upload import start_upload
from msgspec.structs import replace

from tests.support.upload_store import ASSET, REF, Store, upload_store

PREVIEW = "in/a.glb.previewFile.png"


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    yield from upload_store(monkeypatch)


def test_it_comes_with_its_file_or_once_that_is_there(store: Store):
    complete_upload(store.send(store.start("in/a.glb", PREVIEW)), ASSET, store.services)
    complete_upload(store.send(store.start(PREVIEW)), ASSET, store.services)
    assert sorted(store.versions()) == ["in/a.glb", PREVIEW, PREVIEW]


def test_it_may_be_sent_by_an_upload_of_its_own_beside_that_of_its_file(store: Store):
    """VAMS's command line begins both at once."""
    preview, file = (store.send(store.start(path)) for path in (PREVIEW, "in/a.glb"))
    with pytest.raises(Invalid, match=r"^files\.0\.relativeKey: .*'in/a\.glb'"):
        complete_upload(preview, ASSET, store.services)
    assert store.versions() == []
    for command in (file, preview):
        complete_upload(command, ASSET, store.services)
    assert sorted(store.versions()) == ["in/a.glb", PREVIEW]


def test_without_its_file_it_is_not_completed(store: Store):
    command = store.send(store.start("in/a.glb", PREVIEW))
    alone = tuple(file for file in command.files if file.path == PREVIEW)
    with pytest.raises(Invalid, match=r"^files\.0\.relativeKey: .*'in/a\.glb'"):
        complete_upload(replace(command, files=alone), ASSET, store.services)
    assert (store.versions(), store.under_way()) == ([], 2)
    complete_upload(command, ASSET, store.services)
    assert sorted(store.versions()) == ["in/a.glb", PREVIEW]


def test_it_has_no_preview_of_its_own(store: Store):
    complete_upload(store.send(store.start("in/a.glb", PREVIEW)), ASSET, store.services)
    with pytest.raises(Invalid, match=r"^files\.0\.relativeKey: .*of its own"):
        store.start(f"{PREVIEW}.previewFile.gif")


@pytest.mark.parametrize(("size", "taken"), [(5 * 1024**2, True), (5 * 1024**2 + 1, False), (None, False)])
def test_it_says_how_large_it_is_and_has_5_mib_at_most(store: Store, size: int | None, taken: bool):
    files = [NewFile("in/a.glb", "in/a.glb", None, 2), NewFile(PREVIEW, PREVIEW, size, 1)]

    def start() -> Any:
        return start_upload(StartUpload(REF, tuple(files)), ASSET, store.services)

    if taken:
        assert len(start().upload.files) == 2
        return
    with pytest.raises(Invalid, match=r"^files\.1\.file_size: .*5,242,880 bytes"):
        start()
    assert store.under_way() == 0
