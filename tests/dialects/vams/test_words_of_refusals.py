"""A refusal says what to send in the words of the API, never in Python's, and names what was sent."""

import json
from typing import Any

import pytest
from assetversions.dialects.common.http import Request
from assetversions.dialects.vams.errors import NEXT
from assetversions.dialects.vams.requests.api_keys import create_api_token
from assetversions.domain import errors

from tests.dialects.vams.test_requests import INSTANT, decode

UPLOAD = {"databaseId": "db1", "assetId": "a1", "files": [{"relativeKey": "a.txt", "file_size": 1}]}
KINDS = "uploadType: input should be 'assetFile', 'assetPreview' or 'auxiliaryPreview'."
FILE = {"downloadType": "assetFile", "key": "a.txt"}
ONE = "give this or assetVersionId, not several."


@pytest.mark.parametrize(
    ("operation", "body", "said"),
    [
        ("start_upload", {**UPLOAD, "uploadType": "preview"}, KINDS),
        ("start_upload", {**UPLOAD, "uploadType": None}, KINDS),
        (
            "download_file",
            {**FILE, "downloadType": "file"},
            "downloadType: input should be 'assetFile' or 'assetPreview'.",
        ),
        ("export_asset", {"assetVersionId": "1", "assetVersionIdAlias": "b"}, f"assetVersionIdAlias: {ONE}"),
        (
            "download_file",
            {**FILE, "assetVersionId": "1", "assetVersionIdAlias": "b"},
            f"assetVersionIdAlias: {ONE}",
        ),
        ("create_version", {"asOf": 1800000000}, INSTANT),
        ("create_version", {"asOf": "1800000000"}, INSTANT),
        (
            "create_version",
            {"versionAlias": "a\\b"},
            "versionAlias: must not contain '?', backslashes or control characters.",
        ),
    ],
)
def test_a_refusal_names_what_was_sent_and_what_there_is(operation: str, body: Any, said: str):
    with pytest.raises(errors.Invalid) as refused:
        decode(operation, body)
    assert refused.value.message == said


@pytest.mark.parametrize("end", ["tomorrow", "2027-1-1", "2027-01-01T00:00:00", 7])
def test_the_end_of_a_key_may_be_a_date_and_a_refusal_says_so(end: Any):
    key = {"apiKeyName": "farm", "userId": "mara", "description": "", "expiresAt": end}
    with pytest.raises(errors.Invalid) as refused:
        create_api_token(Request(body=json.dumps(key)))
    assert refused.value.message == (
        "expiresAt: must be a date, such as 2027-01-01, or an instant with its zone, "
        "such as 2026-11-25T18:00:00Z."
    )


def test_who_misses_a_file_in_a_version_hears_how_its_files_are_listed():
    assert "assetVersionId" in NEXT["file"]


def test_who_makes_a_version_is_not_told_to_send_what_that_does_not_take():
    with pytest.raises(errors.Invalid):
        decode("create_version", {"versionAlias": "prod", "moveAlias": True})
    assert str(errors.alias_taken("prod")).endswith("take another, or move it by an update with moveAlias.")
