"""What a failure tells to do next: a command that helps, in place of the routes that the service names."""

import json
from pathlib import Path

import httpx
import pytest
from assetversions.dialects.common.words import ASK
from assetversions.dialects.vams.errors import NEXT
from assetversions.domain.errors import alias_taken
from assetversions_client import Client
from avs import routes
from avs.session import Session

from tests.client.command_line import avs
from tests.client.conftest import REF
from tests.client.folders import write

LAMP = "workshop/lamp"


@pytest.fixture
def versions(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two, the first one called first."""
    monkeypatch.setattr(Session, "client", lambda _: client)
    client.push(write(tmp_path / "mine", {"lamp.txt": b"green"}), REF, aliases=["first"])
    client.push(write(tmp_path / "mine", {"lamp.txt": b"red"}), REF)


@pytest.mark.usefixtures("versions")
@pytest.mark.parametrize(
    ("words", "helps"),
    [
        (("ls", "workshopp"), "See: avs ls; to make one: avs create DB"),
        (("log", "workshop/nothing"), "See: avs ls workshop; to make one: avs create workshop/nothing"),
        (("ls", "workshop/nothing"), "See: avs ls workshop; to make one: avs create workshop/nothing"),
        (
            ("diff", "workshop/nothing@1", "2"),
            "See: avs ls workshop; to make one: avs create workshop/nothing",
        ),
        (("cat", f"{LAMP}@1", "nothing.txt"), f"See: avs ls {LAMP}@VERSION"),
        (("ls", f"{LAMP}@9"), f"See: avs log {LAMP}"),
        (("diff", f"{LAMP}@1", "9"), f"See: avs log {LAMP}"),
        (("jobs", LAMP, "nothing"), f"See: avs jobs {LAMP}"),
        (("webhooks", "show", "nothing"), "See: avs webhooks list"),
        (("tag", f"{LAMP}@2", "first"), f"Take another, or move it: avs tag {LAMP}@VERSION ALIAS --move"),
    ],
    ids=str,
)
def test_what_is_not_there_names_the_command_that_shows_what_is(words: tuple[str, ...], helps: str) -> None:
    said = avs(*words)
    assert said.code != 0
    assert said.err.endswith(f". {helps}\n")
    assert "GET /" not in said.err


def test_the_advice_that_is_replaced_is_the_service_s_own() -> None:
    theirs = {*NEXT.values(), ASK}
    taken = str(alias_taken("first"))
    assert [one for one in routes.COMMANDS if one not in theirs and not taken.endswith(one)] == []


@pytest.mark.parametrize(
    ("words", "message", "helps"),
    [
        (("push",), "Missing argument 'FOLDER'.", "avs push --help"),
        (("lgo",), "No such command 'lgo'.", "avs --help"),
        (("ls", "--jsn"), "No such option: --jsn", "avs ls --help"),
        (("--profile", "studio", "ls"), "What a command takes stands behind it.", "avs --help"),
        (("jobs", "-n", "0"), "Invalid value for '-n'", "avs jobs --help"),
        (("completion", "tcsh"), "Invalid value for 'SHELL': 'tcsh' is not one of", "avs completion --help"),
        (("completion",), "Missing argument 'SHELL'. Choose from: bash", "avs completion --help"),
        (("webhooks", "list", "x"), "unexpected extra argument", "avs webhooks list --help"),
        (("push", "lamp", LAMP, "--message"), "requires an argument", "--help"),
    ],
    ids=str,
)
def test_words_that_are_wrong_are_one_line_or_one_object(
    words: tuple[str, ...], message: str, helps: str
) -> None:
    said = avs(*words)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith("avs: ")
    assert message in said.err
    assert said.err.endswith(f"{helps}\n")
    error = json.loads(avs(*words[:1], "--json", *words[1:]).err)["error"]
    assert error["kind"] == "usage"


@pytest.mark.parametrize("words", [(), ("webhooks",)], ids=str)
def test_no_words_at_all_show_the_help(words: tuple[str, ...]) -> None:
    said = avs(*words)
    assert said.code == 2
    assert said.err.startswith("Usage: avs")


@pytest.mark.parametrize(
    ("environment", "words", "helps"),
    [
        (
            {"AVS_TOKEN": "old"},
            ("whoami",),
            "AVS_TOKEN decides who you are: set it to a token that is valid, or unset it.",
        ),
        (
            {"AVS_TOKEN": "a b"},
            ("whoami",),
            "AVS_TOKEN decides who you are: set it to a token that is valid, or unset it.",
        ),
        ({}, ("whoami", "--profile", "studio"), "Sign in: avs login URL --profile studio"),
        ({}, ("profiles", "studio"), "Sign in: avs login URL --profile studio"),
    ],
    ids=str,
)
def test_who_is_not_taken_is_told_what_to_set_or_where_to_sign_in(
    environment: dict[str, str],
    words: tuple[str, ...],
    helps: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    def refuse(_: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        return httpx.Response(401, json={"message": "Unauthorized"}, request=request)

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", refuse)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("AVS_URL", "http://127.0.0.1:9")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    said = avs(*words)
    assert said.code == 3
    assert said.err.endswith(f"{helps}\n")
