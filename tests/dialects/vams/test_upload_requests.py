"""What a VAMS client sends of uploads: where they go, both spellings of a key, and bad input by name."""

import json
from typing import Any

import pytest
from assetversions.dialects.common.http import Request
from assetversions.dialects.vams.requests import uploads as upload_requests
from assetversions.domain.errors import Invalid, NotFound
from assetversions.domain.model import AssetRef
from assetversions.domain.shelves import Shelf
from assetversions.domain.uploads import Part

PLACE = {"databaseId": "cars", "assetId": "engine"}
UPLOAD = {**PLACE, "uploadType": "assetFile"}
PICTURE = {**PLACE, "uploadType": "assetPreview"}
MADE = {**PLACE, "uploadType": "auxiliaryPreview"}
LONG = "a/preview/" + "x" * 990
FILE: dict[str, Any] = {"relativeKey": "a", "file_size": 1}
PNG: dict[str, Any] = {"relativeKey": "a.PNG", "file_size": 5 * 1024**2}
UPLOAD_ID = "01900000-0000-7000-8000-000000000000"


def body(given: Any, **path: str) -> Request:
    return Request(path={**PLACE, **path}, body=json.dumps(given))


def test_a_key_is_stored_one_way_and_echoed_as_it_was_spelled() -> None:
    command = upload_requests.start_upload(
        body({**UPLOAD, "files": [{"relativeKey": "/a.txt", "file_size": 3}]})
    )
    (file,) = command.files
    assert (file.path, file.spelled, file.size, file.parts) == ("a.txt", "/a.txt", 3, 1)


def test_an_empty_file_has_no_parts_and_a_name_in_place_of_an_id() -> None:
    files = [{"relativeKey": "a", "uploadIdS3": "zero-byte", "parts": []}]
    command = upload_requests.complete_upload(body({**UPLOAD, "files": files}, uploadId=UPLOAD_ID))
    assert (command.upload_id, command.files[0].s3_id, command.files[0].parts) == (UPLOAD_ID, None, ())


def test_an_etag_comes_with_quotes_or_without() -> None:
    parts = [{"PartNumber": 1, "ETag": '"abc"'}, {"PartNumber": 2, "ETag": "def"}]
    files = [{"relativeKey": "a", "uploadIdS3": "s3", "parts": parts}]
    command = upload_requests.complete_upload(body({**UPLOAD, "files": files}, uploadId=UPLOAD_ID))
    assert command.files[0].parts == (Part(1, "abc"), Part(2, "def"))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({**UPLOAD, "files": []}, "files"),
        ({**UPLOAD, "uploadType": "preview", "files": [FILE]}, "uploadType"),
        ({**UPLOAD, "uploadType": None, "files": [FILE]}, "uploadType"),
        ({**PICTURE, "files": [PNG, PNG | {"relativeKey": "b.png"}]}, "files"),
        ({**PICTURE, "files": [PNG | {"file_size": None, "num_parts": 1}]}, "files.0.file_size"),
        ({**PICTURE, "files": [PNG | {"file_size": 5 * 1024**2 + 1}]}, "files.0.file_size"),
        *(
            ({**PICTURE, "files": [PNG | {"relativeKey": key}]}, "files.0.relativeKey")
            for key in ("a.exe", "png", "in/a.png", "../a.png", "")
        ),
        *(
            ({**MADE, "files": [FILE | {"relativeKey": key}]}, "files.0.relativeKey")
            for key in ("a", "preview", "a/previews/b", "a/preview/", "a/preview/../b", LONG)
        ),
        (
            {**UPLOAD, "files": [{"relativeKey": key, "file_size": 1} for key in ("a", "/a")]},
            "files.1.relativeKey",
        ),
        ({**UPLOAD, "files": [{"relativeKey": "a/", "file_size": 1}]}, "files.0.relativeKey"),
        ({**UPLOAD, "files": [{"relativeKey": "é" * 507, "file_size": 1}]}, "files.0.relativeKey"),
        ({**UPLOAD, "files": [{"relativeKey": "a", "file_size": 1.5}]}, "files.0.file_size"),
        ({**UPLOAD, "assetId": "a/../b", "files": [{"relativeKey": "a", "file_size": 1}]}, "assetId"),
    ],
)
def test_a_bad_upload_is_refused_by_name(given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        upload_requests.start_upload(body(given))
    assert refused.value.field == field


def test_an_upload_says_where_it_goes() -> None:
    assert upload_requests.start_upload(body({**UPLOAD, "files": [FILE]})).shelf is Shelf.FILES
    picture = upload_requests.start_upload(body({**PICTURE, "files": [PNG]}))
    assert (picture.shelf, picture.files[0].path) == (Shelf.PREVIEW, "a.PNG")
    path = "a.e57/preview/x.json"
    files = [{"relativeKey": f"/{path}", "uploadIdS3": "zero-byte", "parts": []}]
    made = upload_requests.complete_upload(body({**MADE, "files": files}, uploadId=UPLOAD_ID))
    assert (made.shelf, made.files[0].path) == (Shelf.AUXILIARY, path)


@pytest.mark.parametrize(
    ("keys", "field"), [(("a", "/a"), "files.1.relativeKey"), (("a", "b/"), "files.1.relativeKey")]
)
def test_a_completion_names_each_file_once_and_no_folder(keys: tuple[str, ...], field: str) -> None:
    files = [{"relativeKey": key, "uploadIdS3": "zero-byte", "parts": []} for key in keys]
    with pytest.raises(Invalid) as refused:
        upload_requests.complete_upload(body({**UPLOAD, "files": files}, uploadId=UPLOAD_ID))
    assert refused.value.field == field


def test_links_are_renewed_for_an_upload_into_an_asset() -> None:
    command = upload_requests.renew_links(body(PLACE, uploadId=UPLOAD_ID))
    assert (command.asset, command.upload_id) == (AssetRef("cars", "engine"), UPLOAD_ID)


def test_an_upload_id_that_can_not_be_one_names_nothing() -> None:
    for decode in (upload_requests.abort_upload, upload_requests.renew_links):
        with pytest.raises(NotFound):
            decode(body(PLACE, uploadId="x#00"))
