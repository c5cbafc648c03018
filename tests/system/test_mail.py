"""Mail on the whole system: SES takes a letter to each subscriber, and its link ends the subscription."""

import re
import time
from typing import Any

import httpx
import pytest

from local.system import System
from tests.system.client import Asset, new_asset

# The first call of a function starts a process.
SECONDS = 60


@pytest.fixture
def asset(system: System) -> Asset:
    return new_asset(system)


def letters(system: System, asset: Asset, to: str) -> list[str]:
    """The texts that were sent about it to one of the local users."""
    found: Any = httpx.get(f"{system.endpoint}/_ministack/ses/messages").raise_for_status().json()
    about = f"({asset.database_id}/{asset.asset_id})"
    return [
        one["BodyText"]
        for some in found["messages"].values()
        for one in some
        if one["To"] == [f"{to}@asset-versions.example"] and about in one["BodyText"]
    ]


def wait_for(system: System, asset: Asset, to: str, number: int) -> list[str]:
    deadline = time.monotonic() + SECONDS
    while len(found := letters(system, asset, to)) < number:
        assert time.monotonic() < deadline, f"{len(found)} of {number} came"
        time.sleep(0.1)  # between two looks; nothing is decided by it
    return found


def test_subscribers_get_a_letter_whose_link_ends_it(system: System, asset: Asset):
    about = {"eventName": "Asset Version Change", "entityName": "Asset", "entityId": asset.asset_id}
    whom = about | {"databaseId": asset.database_id, "subscribers": ["editor", "viewer"]}
    asset.api.ok("POST", "/subscriptions", json=whom)
    assert asset.call("POST", "createVersion", json={"allowEmpty": True}).status_code == 200
    for name in ("editor", "viewer"):
        (letter,) = wait_for(system, asset, name, 1)
        assert "version 1 was created by editor" in letter
    (link,) = re.findall(r"^http\S+/unsubscribe\?\S+$", letter, re.MULTILINE)
    assert link.startswith(system.api_url)
    page = httpx.get(link, timeout=SECONDS)
    assert (page.status_code, '<form method="post">' in page.text) == (200, True)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert (
        httpx.post(link, content="List-Unsubscribe=One-Click", headers=form, timeout=SECONDS).status_code
        == 200
    )
    assert asset.call("POST", "createVersion", json={"allowEmpty": True}).status_code == 200
    wait_for(system, asset, "editor", 2)
    assert len(letters(system, asset, "viewer")) == 1
    rows = asset.api.listed("/subscriptions")
    assert [row["subscribers"] for row in rows if row["entityId"] == asset.asset_id] == [["editor"]]
    assert httpx.post(f"{system.api_url}/unsubscribe?ticket=forged", timeout=SECONDS).status_code == 400
