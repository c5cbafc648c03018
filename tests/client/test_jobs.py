"""The long operations of an asset: a list of them, and one."""

from pathlib import Path

import pytest
from assetversions.runtime.executions import Executions
from assetversions_client import Client
from avs.session import Session

from tests.client.command_line import avs, told
from tests.client.conftest import REF
from tests.client.folders import write

LAMP = "workshop/lamp"


@pytest.fixture
def mine(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Session, "client", lambda _: client)
    monkeypatch.setattr(Executions, "start", lambda *_: None)
    monkeypatch.setattr(Executions, "stop", lambda *_: None)
    monkeypatch.chdir(tmp_path)
    folder = write(tmp_path / "mine", {"in/lamp.txt": b"green"})
    client.push(folder, REF)
    return folder


def test_an_asset_without_long_operations_says_so(mine: Path) -> None:
    assert told("jobs", LAMP).lines == [f"Nothing of {LAMP} has taken long enough to become a job."]
    assert told("jobs", LAMP, "--json").json == []


def test_all_are_listed_newest_first_and_one_is_shown(
    client: Client, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        client.http.send("POST", f"{REF.path}/reconcile", {}, {})
    found = told("jobs", LAMP, "--json").json
    assert [(one["operation"], one["state"], one["version"], one["by"]) for one in found] == [
        ("reconcile", "pending", None, "editor")
    ] * 3
    assert sorted((one["job"] for one in found), reverse=True) == [one["job"] for one in found]
    newest = found[0]["job"]
    head, *rows = told("jobs", LAMP, "-n", "2").lines
    assert head.split() == ["JOB", "OPERATION", "STATE", "VERSION", "WHEN", "WHO"]
    assert (len(rows), rows[0].split()[:3]) == (2, [newest, "reconcile", "pending"])
    told("jobs", LAMP, newest, "--cancel")
    monkeypatch.chdir(mine / "in")
    assert told("jobs", "--json").json[0]["state"] == "cancelled"
    assert told("jobs", newest).lines[0] == "reconcile: cancelled"


def test_longer_lists_come_page_by_page(client: Client, mine: Path) -> None:
    for _ in range(3):
        client.http.send("POST", f"{REF.path}/reconcile", {}, {})
    assert len(list(client.jobs.all(REF, 2))) == 3


def test_outside_of_a_folder_it_asks_which_asset(mine: Path) -> None:
    said = avs("jobs")
    assert (said.code, said.err) == (
        2,
        "avs: Which asset? Write avs jobs DB/ASSET, or go to a folder that was pulled.\n",
    )
