"""What a service says that is none of its own kind ends in one line, and ends."""

from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import httpx
import pytest
from assetversions_client import Client, errors
from avs.output import when
from avs.problems import Exit
from avs.session import Session

from tests.client.command_line import avs
from tests.client.conftest import REF
from tests.client.folders import write
from tests.support.client_world import World

LAMP = "workshop/lamp"


@pytest.fixture
def pushed(client: Client, tmp_path: Path) -> Path:
    folder = write(tmp_path / "mine", {"a.txt": b"one"})
    client.push(folder, REF)
    return folder


LISTS: dict[str, Callable[[Client], object]] = {
    "files": lambda client: client.versions.all_files(REF, "1"),
    "links": lambda client: list(client.versions.links(REF, "1")),
    "versions": lambda client: list(client.versions.all(REF)),
    "differences": lambda client: client.compare(REF, "1", "working"),
}


@pytest.mark.parametrize("list_of", LISTS)
@pytest.mark.parametrize("tokens", [["again"], ["one", "two", "three"]], ids=len)
def test_a_list_that_leads_back_into_itself_ends(
    client: Client, world: World, list_of: str, tokens: list[str]
) -> None:
    sides: dict[str, object] = {"versionA": {"Version": "1"}, "versionB": {"Version": "working"}}
    page: dict[str, object] = {"assetVersionId": "1", "files": [], "versions": []} | sides
    turns = cycle(tokens)

    def circle(_: httpx.Request) -> httpx.Response:
        assert len(world.asked) < 100
        return httpx.Response(200, json=page | {"NextToken": next(turns)})

    world.fault = circle
    with pytest.raises(errors.Failed, match="in circles"):
        LISTS[list_of](client)


NUMBERS: dict[str, tuple[str, ...]] = {
    "pull": ("pull", LAMP, "theirs"),
    "show": ("show", LAMP),
    "diff": ("diff", LAMP),
    "log": ("log", LAMP),
    "publish": ("publish", f"{LAMP}@1"),
    "push": ("push", "mine", LAMP),
    "verify": ("jobs", LAMP, "7"),
}


@pytest.mark.parametrize("words", NUMBERS.values(), ids=NUMBERS)
@pytest.mark.parametrize("number", ["one", "-1", "1e3", "\u0661", "9" * 5000])
def test_a_number_of_a_version_that_is_none_is_one_line(
    monkeypatch: pytest.MonkeyPatch,
    client: Client,
    world: World,
    pushed: Path,
    words: tuple[str, ...],
    number: str,
) -> None:
    asset = {"databaseId": "workshop", "assetId": "lamp", "assetName": "Lamp"}
    told = asset | {
        "Version": number,
        "assetVersionId": number,
        "currentVersion": {"Version": number},
        "versions": [{"Version": number}],
        "versionA": {"Version": number},
        "versionB": {"Version": "working"},
        "operationId": "7",
        "operation": "publish",
        "state": "succeeded",
    }
    monkeypatch.setattr(Session, "client", lambda _: client)
    monkeypatch.chdir(pushed.parent)
    world.fault = lambda _: httpx.Response(200, json=told)
    said = avs(*words)
    assert (said.code, said.out, said.err.count("\n")) == (Exit.UNEXPECTED, "", 1)
    assert "does not understand" in said.err
    assert len(said.err) < 1000


@pytest.mark.parametrize("time", ["never", "0001-01-01T00:00:00+00:00"])
def test_a_time_that_no_clock_shows_is_shown_as_it_came(time: str) -> None:
    assert when(time)
