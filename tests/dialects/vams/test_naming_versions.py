"""How a request names a version: by its number, its id or an alias."""

import pytest
from assetversions.domain import errors
from assetversions.domain.commands.common import VersionRef

from tests.dialects.vams.test_requests import decode, refusal


def test_an_alias_is_stripped_and_may_look_like_a_number_or_a_path():
    for text in ("2025", "release/1.0"):
        assert decode("create_version", {"versionAlias": f" {text} "}).alias == text
        assert decode("update_version", {"versionAlias": f"{text}\t"}).alias == text
        named = {"downloadType": "assetFile", "key": "a.txt", "assetVersionIdAlias": f" {text}"}
        assert decode("download_file", named).version == VersionRef(alias=text)
        assert decode("list_files", query={"assetVersionIdAlias": text}).version == VersionRef(alias=text)
    assert decode("update_version", {"versionAlias": " "}).alias == ""
    assert decode("create_version", {"versionAlias": " "}).alias is None


def test_what_could_be_a_number_and_an_alias_is_the_number():
    named = {"downloadType": "assetFile", "key": "a.txt", "assetVersionId": "2025"}
    assert decode("download_file", named).version == VersionRef(number=2025)
    assert decode("get_version", path={"assetVersionId": "2025"}).version == VersionRef(number=2025)


def test_a_number_is_taken_where_a_text_is_expected():
    download = {"downloadType": "assetFile", "key": "a.txt"}
    assert decode("download_file", download | {"assetVersionId": 1}).version == VersionRef(number=1)
    assert decode("download_file", download | {"assetVersionIdAlias": 7}).version == VersionRef(alias="7")
    assert decode("create_version", {"versionAlias": 2025}).alias == "2025"
    assert decode("update_version", {"versionAlias": 2025}).alias == "2025"
    assert refusal("download_file", download | {"assetVersionId": True}) == "assetVersionId"


def test_one_version_is_named_in_one_way():
    query = {"assetVersionId": "1", "assetVersionIdAlias": "gold"}
    with pytest.raises(errors.Invalid, match="assetVersionIdAlias"):
        decode("list_files", query=query)
