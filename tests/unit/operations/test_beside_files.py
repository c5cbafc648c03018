"""What stands beside an asset's files is read and taken away as they are, and no version knows of it."""

from typing import Any

import pytest
from assetversions.domain.commands.files import DeleteAuxiliary, DeletePreview, DownloadFile, StreamFile
from assetversions.domain.errors import Conflict, Forbidden, Invalid, NotFound, ReadOnly, TooLarge
from assetversions.domain.model import Preview
from assetversions.domain.results.files import DeletedAuxiliary
from assetversions.domain.shelves import Shelf
from assetversions.domain.span import Span
from assetversions.engine import picture
from assetversions.engine.commit import head_change, new_event
from assetversions.operations.files import delete_auxiliary_previews as module
from assetversions.operations.files.delete_asset_preview import delete_asset_preview
from assetversions.operations.files.delete_auxiliary_previews import delete_auxiliary_previews
from assetversions.operations.files.download_file import download_file
from assetversions.operations.versions import stream_file as streams
from assetversions.operations.versions.stream_file import stream_file

from tests.support import REF, World, link

PREVIEWS, AUXILIARY = Shelf.PREVIEW.of(REF), Shelf.AUXILIARY.of(REF)
PICTURE = DownloadFile(REF, "", shelf=Shelf.PREVIEW)
MADE = ("a/preview/x", "a/preview/y/z", "ab/preview/x", "b/preview")


@pytest.fixture
def shown(world: World) -> World:
    """With a preview, and what a pipeline made of `a` and `ab`."""
    world.put(a="a")
    version = world.files.put(PREVIEWS, "a.png", b"picture")
    picture.show(world.services(), world.head(), Preview("a.png", version))
    for path in MADE:
        world.files.put(AUXILIARY, path, path.encode())
    return world


def stream(world: World, path: str, **how: Any) -> Any:
    return world.run(stream_file, StreamFile(REF, path, shelf=Shelf.AUXILIARY, **how))


def drop(world: World, path: str) -> DeletedAuxiliary:
    done: DeletedAuxiliary = world.run(delete_auxiliary_previews, DeleteAuxiliary(REF, path))
    return done


def left(world: World) -> list[str]:
    return list(world.files.contents(AUXILIARY))


def holds_back(world: World, **fields: Any) -> None:
    note = new_event(world.services(), "asset.updated", 0)
    world.records.commit(head_change(world.head(), note, **fields))


def test_a_version_has_nothing_of_it(shown: World):
    assert set(shown.content(shown.create().version)) == {"a"}


def test_the_preview_is_handed_out_as_it_was_shown_last(shown: World):
    found = shown.run(download_file, PICTURE)
    assert (found.url, found.shelf) == (link(PREVIEWS, "a.png", found.entry.version_id), Shelf.PREVIEW)
    shown.files.put(PREVIEWS, "a.png", b"not completed yet")
    assert shown.run(download_file, PICTURE) == found
    shown.files.purge(PREVIEWS, "a.png", found.entry.version_id)
    with pytest.raises(Invalid, match="no preview"):
        shown.run(download_file, PICTURE)


def test_a_deleted_preview_is_shown_no_more_and_its_bytes_stay(shown: World):
    with pytest.raises(Conflict):
        shown.run(delete_asset_preview, DeletePreview(REF, shown.head().rev + 1))
    assert shown.run(delete_asset_preview, DeletePreview(REF)).preview is None
    newest = next(shown.records.events(REF, None, 1))
    assert (newest.kind, newest.detail) == ("asset.updated", {"fields": "preview"})
    assert shown.files.contents(PREVIEWS) == {"a.png": b"picture"}
    for attempt in (delete_asset_preview, DeletePreview(REF)), (download_file, PICTURE):
        with pytest.raises(Invalid, match="no preview"):
            shown.run(*attempt)


def test_what_a_pipeline_made_is_streamed_and_no_file_is_there(shown: World):
    assert stream(shown, "a/preview/x").data == b"a/preview/x"
    assert stream(shown, "a/preview/x", span=Span(0, 0)).data == b"a"
    for path in ("a", "a/preview/gone"):
        with pytest.raises(NotFound):
            stream(shown, path)


def test_what_is_too_much_for_a_reply_is_at_a_link_beside_the_files(
    shown: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(streams, "MOST_BYTES", 3)
    found = stream(shown, "a/preview/x")
    assert found.url == link(AUXILIARY, "a/preview/x", found.entry.version_id)


def test_what_does_not_leave_has_no_pictures_that_do(shown: World):
    holds_back(shown, is_distributable=False)
    with pytest.raises(Forbidden, match="isDistributable"):
        shown.run(download_file, PICTURE)
    with pytest.raises(Forbidden, match="isDistributable"):
        stream(shown, "a/preview/x")


@pytest.mark.parametrize(
    ("path", "dropped"),
    [("a", MADE[:2]), ("a/", MADE[:2]), ("a/preview/y", MADE[1:2]), ("b/preview", MADE[3:])],
)
def test_a_folder_or_a_single_one_is_dropped(shown: World, path: str, dropped: tuple[str, ...]):
    assert drop(shown, path) == DeletedAuxiliary(path, len(dropped))
    assert left(shown) == [one for one in MADE if one not in dropped]
    with pytest.raises(Invalid, match="filePath"):
        drop(shown, path)
    assert set(shown.files.contents(REF)) == {"a"}


def test_more_than_a_request_can_drop_is_refused_before_anything_is(
    shown: World, monkeypatch: pytest.MonkeyPatch
):
    assert module.MAX_FILES == 10_000
    monkeypatch.setattr(module, "MAX_FILES", 1)
    with pytest.raises(TooLarge, match="name a folder in it"):
        drop(shown, "a")
    assert left(shown) == list(MADE)
    assert drop(shown, "a/preview/y").count == 1


def test_an_archived_asset_keeps_all(shown: World):
    holds_back(shown, archived_at=shown.clock.now())
    for attempt in (
        (delete_asset_preview, DeletePreview(REF)),
        (delete_auxiliary_previews, DeleteAuxiliary(REF, "a")),
    ):
        with pytest.raises(ReadOnly):
            shown.run(*attempt)
    assert (left(shown), stream(shown, "a/preview/x").data) == (list(MADE), b"a/preview/x")
    assert shown.run(download_file, PICTURE).url


def test_who_was_overtaken_drops_nothing(shown: World):
    with pytest.raises(Conflict, match="ETag"):
        shown.run(delete_auxiliary_previews, DeleteAuxiliary(REF, "a", shown.head().rev + 1))
    assert left(shown) == list(MADE)
