"""To a client of VAMS an asset has a current version from the first: number 0, until it points at another."""

import pytest
from assetversions.dialects.common.http import Request
from assetversions.dialects.vams.requests import looking_back
from assetversions.dialects.vams.requests import versions as requests
from assetversions.domain.beginning import beginning
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.errors import NotFound
from assetversions.domain.results.catalog import AssetPage, AssetView
from assetversions.domain.results.versions import VersionFiles, VersionPage
from msgspec.structs import replace

from tests.dialects.vams.test_replies import _ASSET, HEAD, ROUTE, SECOND

NEW = replace(HEAD, latest=0, current=None, published=None)


def versions(page: VersionPage) -> list[str]:
    body = ROUTE[f"GET {_ASSET}/getVersions"].encode(page).body
    assert body["message"]["versions"] == body["versions"]
    return [version["Version"] for version in body["versions"]]


def test_a_new_asset_points_at_version_zero_alone_and_in_lists():
    shown = ROUTE[f"GET {_ASSET}"].encode(AssetView(NEW, None)).body["currentVersion"]
    assert (shown["Version"], shown["assetVersionId"], shown["isCurrent"]) == ("0", "0", True)
    assert (shown["fileCount"], shown["description"]) == (0, NEW.description)
    for route in ("GET /assets", "GET /database/{databaseId}/assets"):
        (listed,) = ROUTE[route].encode(AssetPage([NEW], None)).body["Items"]
        assert listed["currentVersion"]["Version"] == "0"


def test_it_is_listed_as_long_as_no_other_is_current():
    assert versions(VersionPage(NEW, [], None)) == ["0"]
    assert versions(VersionPage(replace(NEW, latest=2), [SECOND], None)) == ["2", "0"]
    assert versions(VersionPage(replace(NEW, latest=2), [SECOND], "next")) == ["2"]
    assert versions(VersionPage(HEAD, [SECOND], None)) == ["2"]


def test_it_is_shown_without_files():
    body = (
        ROUTE[f"GET {_ASSET}/getVersion/{{assetVersionId}}"]
        .encode(VersionFiles(HEAD, beginning(HEAD), [], None))
        .body
    )
    assert (body["assetVersionId"], body["files"], body["totalSize"]) == ("0", [], 0)
    assert not body["isCurrent"]


def test_it_is_read_and_reverted_to_and_nothing_else():
    place = {"databaseId": "cars", "assetId": "engine", "assetVersionId": "0"}
    zero = Request(path=place)
    assert requests.get_version(zero).version == requests.revert_version(zero).version == VersionRef(number=0)
    assert str(VersionRef(number=0)) == "0"
    decoders = (
        requests.update_version,
        requests.archive_version,
        requests.publish_version,
        requests.clone_version,
        requests.activate_version,
        requests.delete_version,
        looking_back.verify_version,
    )
    for decode in decoders:
        with pytest.raises(NotFound):
            decode(Request(path=place, body='{"comment": "c"}'))
