"""A file's key tells its asset and path, and the other way round, also below a prefix."""

import pytest
from assetversions.domain.errors import Invalid
from assetversions.domain.model import AssetRef
from assetversions.storage.s3.object_keys import AssetsBucket

REF = AssetRef("db1", "a1")


@pytest.mark.parametrize("prefix", ["", "studio/", "studio/files/"])
@pytest.mark.parametrize("path", ["x", "a folder/é.txt", "db1/a1/x", "a//b", "folder/"])
def test_a_key_leads_to_its_asset_and_back(prefix: str, path: str):
    bucket = AssetsBucket("assets", prefix)
    key = bucket.key(REF, path)
    assert key == f"{prefix}db1/a1/{path}"
    assert bucket.place(key) == (REF, path)
    assert bucket.path(REF, {"Key": key}) == path
    assert bucket.file(REF, path) == {"Bucket": "assets", "Key": key}


@pytest.mark.parametrize("key", ["", "x", "db1/a1", "db1/a1/", "other/db1/a1/x", "db1/a1/x"])
def test_what_lies_elsewhere_is_of_no_asset(key: str):
    assert AssetsBucket("assets", "studio/").place(key) is None


def test_a_path_that_has_no_room_beside_the_prefix_is_refused():
    bucket = AssetsBucket("assets", "studio/")
    room = 1024 - len("studio/db1/a1/")
    assert bucket.file(REF, "x" * room)["Key"].endswith("x")
    with pytest.raises(Invalid, match=f"must not exceed {room} bytes"):
        bucket.file(REF, "x" * (room + 1))
