"""Some tools put an empty object on the folder of an asset itself: it is no file of the asset."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.integration.storage.keyed import ASSET, World, admin
from tests.simulation.aws import Account
from tests.support.aws_faults import Calls


@pytest.fixture
def world(calls: Calls, account: Account, monkeypatch: pytest.MonkeyPatch) -> World:
    made = World(calls, account, monkeypatch)
    made.s3.put_object(Bucket="assets", Key="db1/a1/", Body=b"")
    return made


@pytest.mark.parametrize("more", [{}, {"asOf": True}], ids=["now", "as of"])
def test_no_version_holds_it(world: World, more: dict[str, Any]) -> None:
    asked = {"asOf": datetime.now(UTC).isoformat(timespec="milliseconds")} if more else {}
    made = admin("POST", f"{ASSET}/createVersion", asked)
    assert made.status == 200, made
    held = admin("GET", f"{ASSET}/getVersion/3").body["files"]
    assert [file["relativeKey"] for file in held] == ["a.txt", "in/b.txt", "in/c.txt"]


def test_it_is_not_listed(world: World) -> None:
    listed = admin("GET", f"{ASSET}/listFiles", query={"includeArchived": "true"}).body["items"]
    assert sorted(file["relativeKey"] for file in listed) == ["a.txt", "gone.txt", "in/b.txt", "in/c.txt"]
