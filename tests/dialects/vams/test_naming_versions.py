"""How a request names a version: by its number, its id or an alias."""

from typing import Any

import pytest
from assetversions.domain import errors
from assetversions.domain.commands.common import Standing, VersionRef

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


@pytest.mark.parametrize(
    ("body", "first", "others"),
    [
        ({"versionAliases": [" prod ", 2025]}, "prod", ("2025",)),
        ({"versionAliases": []}, "", ()),
        ({"versionAliases": None, "versionAlias": "prod"}, "prod", None),
        ({"versionAliases": ["prod", "gold"], "versionAlias": " prod"}, "prod", ("gold",)),
        ({"versionAliases": [], "versionAlias": ""}, "", ()),
        ({"versionAliases": ["prod"], "versionAlias": None}, "prod", ()),
    ],
)
def test_all_aliases_or_the_first_one_are_named(body: Any, first: str, others: tuple[str, ...] | None):
    update = decode("update_version", body)
    assert (update.alias, update.other_aliases) == (first, others)
    create = decode("create_version", body)
    assert (create.alias, create.other_aliases) == (first or None, others or ())


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"versionAliases": "prod"}, "versionAliases"),
        ({"versionAliases": ["prod", None]}, "versionAliases.1"),
        ({"versionAliases": ["prod", ""]}, "versionAliases.1"),
        ({"versionAliases": ["prod", "v-1"]}, "versionAliases.1"),
        ({"versionAliases": ["prod", "x" * 65]}, "versionAliases.1"),
        ({"versionAliases": ["prod", "latest"]}, "versionAliases.1"),
        ({"versionAliases": ["prod", "gold", " prod"]}, "versionAliases.2"),
        ({"versionAliases": [str(index) for index in range(21)]}, "versionAliases"),
        ({"versionAliases": ["prod", "gold"], "versionAlias": "gold"}, "versionAlias"),
        ({"versionAliases": ["prod"], "versionAlias": ""}, "versionAlias"),
        ({"versionAliases": [], "versionAlias": "prod"}, "versionAlias"),
    ],
)
def test_aliases_that_can_not_be_or_do_not_agree_are_refused(body: Any, field: str):
    assert refusal("update_version", body) == refusal("create_version", body) == field


def test_to_move_an_alias_takes_one():
    assert refusal("update_version", {"comment": "x", "moveAlias": True}) == "moveAlias"


@pytest.mark.parametrize("named", [{}, {"versionAlias": "prod"}, {"versionAliases": ["prod", "gold"]}])
def test_no_alias_moves_to_a_version_that_is_not_there_yet(named: dict[str, Any]):
    assert refusal("create_version", named | {"moveAlias": True}) == "moveAlias"
    assert decode("create_version", named | {"moveAlias": False}) == decode("create_version", named)


def test_one_version_is_named_in_one_way():
    query = {"assetVersionId": "1", "assetVersionIdAlias": "gold"}
    with pytest.raises(errors.Invalid, match="assetVersionIdAlias"):
        decode("list_files", query=query)


@pytest.mark.parametrize("word", list(Standing))
def test_a_version_is_named_by_what_it_is_to_its_asset(word: Standing):
    named = decode("revert_version", path={"assetVersionId": word.value})
    assert named.version == VersionRef(standing=word)


@pytest.mark.parametrize("word", ["Current", "working", "LATEST"])
def test_a_word_for_no_version_in_a_path_is_told_from_an_alias(word: str):
    with pytest.raises(errors.Invalid, match="name a version by its number, id or alias"):
        decode("revert_version", path={"assetVersionId": word})


@pytest.mark.parametrize("word", ["current", "working", "latest"])
def test_such_a_word_is_no_alias(word: str):
    with pytest.raises(errors.Invalid, match="is reserved"):
        decode("create_version", {"versionAlias": word})
