"""`avs push`, `pull` and `status`: what they print, and how they end."""

from pathlib import Path

import httpx
import pytest
from assetversions_client import Client
from avs.problems import Exit
from avs.session import Session

from tests.client.command_line import avs, told
from tests.client.folders import held, write
from tests.support.client_world import World

LAMP = "workshop/lamp"
FILES = {"a.txt": b"one", "in/b.txt": b"two"}


@pytest.fixture(autouse=True)
def _signed_in(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setattr(Session, "client", lambda _: client)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return write(tmp_path / "mine", FILES)


def test_a_push_prints_what_changed_and_the_number_of_its_version(mine: Path) -> None:
    said = told("push", str(mine), LAMP, "-m", "As designed", "--alias", "design", "--alias", "first")
    assert said.lines == [
        "A  a.txt",
        "A  in/b.txt",
        "Version 1 of workshop/lamp: 2 added, 0 changed, 0 deleted, 6 B sent.",
    ]
    assert told("push", str(mine), LAMP).lines == [
        "Nothing to push: version 1 of workshop/lamp holds these files."
    ]
    write(mine, {"a.txt": b"other"}, at=1_700_000_001)
    (mine / "in/b.txt").unlink()
    dry = told("push", str(mine), LAMP, "--delete", "--dry-run")
    assert dry.lines == [
        "M  a.txt",
        "D  in/b.txt",
        "Would be sent to workshop/lamp: 0 added, 1 changed, 1 deleted, 5 B. Nothing was changed.",
    ]
    data = told("push", str(mine), LAMP, "--delete", "--json").json
    assert (data["version"], data["changed"], data["deleted"], data["bytes"]) == (
        2,
        ["a.txt"],
        ["in/b.txt"],
        5,
    )


def test_a_pull_says_what_it_fetched_and_where_mine_went(mine: Path, tmp_path: Path) -> None:
    told("push", str(mine), LAMP)
    theirs = write(tmp_path / "theirs", {"a.txt": b"my own"})
    first, second = told("pull", f"{LAMP}@1", str(theirs)).lines
    assert first == f"Version 1 of workshop/lamp in {theirs}: 2 files fetched (6 B), 0 as they were."
    assert second.startswith("moved aside: a.txt is in .avs/kept/")
    assert held(theirs) == FILES


def test_status_tells_what_differs_and_what_is_newer(mine: Path, tmp_path: Path) -> None:
    told("push", str(mine), LAMP)
    theirs = tmp_path / "theirs"
    told("pull", LAMP, str(theirs))
    assert told("status", str(theirs)).lines[1:] == ["Nothing differs here."]
    write(mine, {"a.txt": b"other"}, at=1_700_000_001)
    told("push", str(mine), LAMP)
    write(theirs, {"new.txt": b"new"})
    assert told("status", str(theirs)).lines == [
        f"{theirs}: workshop/lamp at version 1",
        f"The current version is 2: avs pull workshop/lamp {theirs}",
        "A  new.txt",
    ]


def test_status_tells_where_another_system_is_asked(client: Client, mine: Path, tmp_path: Path) -> None:
    told("push", str(mine), LAMP)
    client.http.url = "https://other"
    assert told("status", str(mine)).lines[1:] == [
        "That was https://api; https://other is asked now, which may be another system.",
        "Nothing differs here.",
    ]


def test_what_this_disk_cannot_hold_ends_with_a_code_of_its_own(
    client: Client, world: World, tmp_path: Path
) -> None:
    world.account.s3.put_object(Bucket="assets", Key=f"workshop/lamp/{'n' * 300}", Body=b"long")
    told("push", str(write(tmp_path / "mine", FILES)), LAMP)
    said = avs("pull", LAMP, str(tmp_path / "theirs"))
    assert said.code == Exit.INCOMPLETE
    assert said.lines[1].endswith("has a name longer than 255 bytes")
    assert held(tmp_path / "theirs") == FILES


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        (["push", "nowhere", LAMP], Exit.THIS_MACHINE, "avs: nowhere is no folder."),
        (["push", ".", "workshop"], Exit.USAGE, "avs: 'workshop' names no asset."),
        (["pull", f"{LAMP}@7", "theirs"], Exit.NOT_FOUND, "avs: "),
        (["pull", "workshop/chair", "theirs"], Exit.NOT_FOUND, "avs: "),
        (["status", "."], Exit.THIS_MACHINE, "avs: . is in no folder of an asset"),
    ],
)
def test_what_goes_wrong_is_one_line_and_nothing_is_half_done(
    words: list[str], code: Exit, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = avs(*words)
    assert (said.code, said.out) == (code, "")
    assert said.err.startswith(line)
    assert said.err.count("\n") == 1
    assert held(tmp_path) == {}


def test_without_a_network_a_push_says_so(world: World, mine: Path) -> None:
    def unplugged(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("Connection refused")

    world.fault = unplugged
    said = avs("push", str(mine), LAMP)
    assert said.code == Exit.UNREACHABLE
    assert said.err == "avs: https://api can't be reached (Connection refused). Try again in a minute.\n"
