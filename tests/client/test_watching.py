"""A folder that is watched becomes versions, and what happens to the asset is told."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from assetversions_client import Client
from avs.commands import watching
from avs.session import Session

from tests.client.command_line import told
from tests.client.conftest import REF
from tests.client.folders import write

LAMP = "workshop/lamp"


@pytest.fixture(autouse=True)
def _signed_in(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setattr(Session, "client", lambda _: client)


class Evening:
    """Time as the watcher sees it: each pause lets something happen, and the last one ends it."""

    def __init__(self, *happens: Callable[[], object]) -> None:
        self.happens = list(happens)
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        if not self.happens:
            raise KeyboardInterrupt
        self.happens.pop(0)()

    def monotonic(self) -> float:
        return self.now


def test_a_watched_folder_makes_a_version_whenever_it_has_come_to_rest(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = write(tmp_path / "mine", {"lamp.txt": b"green"})

    def nothing() -> None:
        pass

    def change() -> None:
        write(mine, {"lamp.txt": b"red", "more.txt": b"more"}, at=1_700_000_001)

    monkeypatch.setattr(watching, "time", Evening(*[nothing] * 5, change, *[nothing] * 5))
    said = told("watch", LAMP, str(mine), "--quiet", "4", "--json")
    rows = [json.loads(line) for line in said.lines]
    assert [row["pushed"] for row in rows if "pushed" in row] == [1, 2]
    assert [row["version"] for row in rows if row.get("event") == "version.created"] == [1, 2]
    assert len(list(client.versions.all(REF))) == 2


def test_what_was_before_the_watch_is_not_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.versions.create(REF)
    monkeypatch.setattr(watching, "time", Evening())
    assert told("watch", LAMP).out == ""
