"""How files and their versions are named: each has one id, and whatever is not spelled so is none."""

from urllib.parse import quote
from uuid import UUID

import pytest
from assetversions.dialects.autodesk_vault import ids
from assetversions.domain.errors import NotFound
from assetversions.domain.ids import asset_uuid, version_id
from hypothesis import given
from hypothesis import strategies as st

UID = 0x2BADC0FFEE123456789ABC
PATHS = st.text(min_size=1, max_size=60).filter(lambda path: not path.endswith("/"))


@given(PATHS.filter(lambda path: path.encode("utf-8", "replace") == path.encode("utf-8", "ignore")))
def test_the_id_of_a_file_version_names_its_version_and_its_path_and_needs_no_escapes(path: str) -> None:
    text = ids.spell_path(version_id(UID, 7), path)
    assert quote(text, safe="") == text
    asset, version, found = ids.read_file_version("117", text)
    assert (asset.uid, version.version_id, found) == (UID, version_id(UID, 7), path)
    with pytest.raises(NotFound):
        ids.read_file("117", text)


GOOD = ids.spell_path(version_id(UID, 1), "b.txt")
HOSTILE = [
    "",
    "43",
    ".",
    GOOD.split(".")[0],
    GOOD.split(".")[0] + ".",
    GOOD.split(".")[1],
    GOOD.upper(),
    GOOD + "=",
    GOOD[:-1],
    GOOD + ".x",
    GOOD.replace(".", ".*"),
    GOOD.replace(".", "..."),
    GOOD.split(".")[0] + ".\u00df",
    GOOD.split(".")[0] + "._w",
    GOOD.replace("-", ""),
    str(UUID(int=5)) + GOOD[36:],
    ids.spell_path(asset_uuid(UID), "b.txt"),
    ids.spell_path(version_id(UID, 1), "a/"),
    ids.spell_path(version_id(UID, 1), "x" * 1025),
    ids.spell_path(version_id(UID, 1), ""),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_no_id_of_a_file_version_is_not_found(text: str) -> None:
    with pytest.raises(NotFound):
        ids.read_file_version("117", text)


def test_the_id_of_a_file_names_its_item_and_its_path() -> None:
    text = ids.spell_path(asset_uuid(UID), "b.txt")
    asset, path = ids.read_file("117", text)
    assert (asset.uid, asset.database_id, path) == (UID, "117", "b.txt")
    with pytest.raises(NotFound):
        ids.read_file_version("117", text)
