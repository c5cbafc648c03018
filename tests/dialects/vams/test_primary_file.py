"""`primaryFile`: which file stands for an asset's versions, named when it is made or later."""

import json
from typing import Any

import pytest
from assetversions.dialects.common.http import Request
from assetversions.dialects.vams.requests import catalog as catalog_requests
from assetversions.domain.errors import Invalid

NEW = {"databaseId": "my-database", "assetName": "name", "description": "an asset"}
PATH = {"databaseId": "my-database", "assetId": "engine"}
TOO_LONG = "x" * 1025


def create(**body: Any) -> Any:
    return catalog_requests.create_asset(Request(body=json.dumps(NEW | body)))


def update(**body: Any) -> Any:
    return catalog_requests.update_asset(Request(path=PATH, body=json.dumps(body)))


@pytest.mark.parametrize("decode", [create, update])
def test_a_path_is_taken_in_its_usual_spelling(decode: Any) -> None:
    assert decode(primaryFile="models/engine.glb").primary == "models/engine.glb"
    assert decode(primaryFile="/models/engine.glb").primary == "models/engine.glb"


@pytest.mark.parametrize("decode", [create, update])
@pytest.mark.parametrize(
    "wrong", ["../engine.glb", "a//b", "C:/engine.glb", "https://a.b/c", TOO_LONG, 7, ["a"]]
)
def test_what_is_no_path_in_the_asset_is_refused(decode: Any, wrong: Any) -> None:
    with pytest.raises(Invalid) as refused:
        decode(primaryFile=wrong)
    assert refused.value.field == "primaryFile"


def test_an_asset_need_not_name_one() -> None:
    assert create().primary is None
    assert create(primaryFile=None).primary is None


def test_an_update_leaves_it_or_takes_it_back() -> None:
    assert update(assetName="other").primary is None
    assert update(assetName="other", primaryFile=None).primary is None
    assert update(primaryFile="").primary == ""


def test_it_is_change_enough_for_an_update() -> None:
    assert update(primaryFile="a.glb").name is None
    with pytest.raises(Invalid, match="primaryFile"):
        update()
