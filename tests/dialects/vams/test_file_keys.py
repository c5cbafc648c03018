"""A file's names in VAMS: its path from the asset's root, or the key in the bucket, as lists have both."""

from typing import Any

import pytest
from assetversions.dialects.vams.replies import files as replies
from assetversions.domain.model import State
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.results.files import FilePage, FileView
from msgspec.structs import replace

from tests.dialects.vams.test_replies import HEAD, SECOND
from tests.dialects.vams.test_requests import REF, decode

DOWNLOAD = {"downloadType": "assetFile"}
FILE = ObjectVersion("in/a.glb", "ov1", 5, True, False)


def test_a_list_and_a_file_have_the_path_from_the_root_and_the_key():
    listed = replies.listed(FilePage(REF, [FILE], None)).body["items"][0]
    shown = replies.shown(FileView(REF, FILE, None)).body
    for row in (listed, shown):
        assert (row["relativePath"], row["key"], row["relativeKey"], row["fileName"]) == (
            "/in/a.glb",
            "db1/a1/in/a.glb",
            "in/a.glb",
            "a.glb",
        )
    root = replies.shown(FileView(REF, ObjectVersion("", "", 0, True, False), None)).body
    assert (root["relativePath"], root["key"], root["isFolder"], root["fileName"]) == (
        "/",
        "db1/a1/",
        True,
        "",
    )


@pytest.mark.parametrize("name", ["in/a.glb", "/in/a.glb", "db1/a1/in/a.glb"])
def test_each_of_them_names_the_file(name: str):
    there: dict[str, Any] = {"filePath": name}
    assert decode("download_file", DOWNLOAD | {"key": name}).path == "in/a.glb"
    assert decode("get_file", query=there).path == "in/a.glb"
    assert decode("set_primary_file", there | {"primaryType": "lod1"}).path == "in/a.glb"
    assert decode("unarchive_file", there).path == "in/a.glb"
    assert decode("revert_file", there, path={"versionId": "ov1"}).path == "in/a.glb"
    moved = decode("move_file", {"sourcePath": name, "destinationPath": name})
    assert (moved.path, moved.to) == ("in/a.glb", "in/a.glb")
    assert decode("list_files", query={"prefix": name}).prefix == "in/a.glb"
    assert decode("revert_version", {"paths": [name]}, path={"assetVersionId": "1"}).paths == ("in/a.glb",)
    pinned = decode("create_version", {"files": [{"relativeKey": name, "versionId": "ov1"}]})
    assert pinned.pins == {"in/a.glb": "ov1"}
    assert decode("update_asset", {"primaryFile": name}).primary == "in/a.glb"


@pytest.mark.parametrize("name", ["/", "db1/a1/"])
def test_the_asset_itself_is_the_prefix_of_all_its_files(name: str):
    assert decode("list_files", query={"prefix": name}).prefix == ""


def test_a_folder_called_like_the_asset_is_found_behind_a_slash():
    assert decode("download_file", DOWNLOAD | {"key": "/db1/a1/a.glb"}).path == "db1/a1/a.glb"
    assert decode("download_file", DOWNLOAD | {"key": "db1/a1/db1/a1/a.glb"}).path == "db1/a1/a.glb"


def test_a_copy_to_another_asset_takes_the_keys_of_both():
    there = {"destinationAssetId": "b", "destinationDatabaseId": "db2"}
    copied = decode("copy_file", there | {"sourcePath": "db1/a1/a.txt", "destinationPath": "db2/b/c.txt"})
    assert (copied.source.path, copied.to) == ("a.txt", "c.txt")


def test_the_whole_asset_is_its_own_folder():
    for name in ("", "/", "db1/a1/"):
        assert decode("get_file", query={"filePath": name}).path == ""


def test_an_object_version_names_the_versions_that_hold_it_as_vams_shows_them():
    plain = replace(SECOND, alias=None, number=3)
    gone = replace(SECOND, number=4, state=State.ARCHIVED)
    view = FileView(HEAD.ref, FILE, None, [FILE], {"ov1": [gone, plain, SECOND]})
    (row,) = replies.shown(view).body["versions"]
    assert row["assetVersionIds"] == [{"id": "3", "label": "v3"}, {"id": "2", "label": "v2 (v1.0)"}]
    assert len(row["assetVersions"]) == 3
