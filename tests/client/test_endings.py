"""How commands end: each kind of failure has its code, whatever status the service gives it."""

from pathlib import Path

import httpx
import pytest
from assetversions_client import Client, errors
from avs.problems import Exit
from avs.session import Session

from tests.client.command_line import avs
from tests.client.conftest import REF
from tests.client.folders import write
from tests.support.client_world import World

LAMP = "workshop/lamp"


@pytest.fixture
def versions(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two."""
    monkeypatch.setattr(Session, "client", lambda _: client)
    client.push(write(tmp_path / "mine", {"lamp.txt": b"green"}), REF)
    client.push(write(tmp_path / "mine", {"lamp.txt": b"red"}), REF)


@pytest.mark.usefixtures("versions")
@pytest.mark.parametrize(
    ("words", "code", "helps"),
    [
        (("archive", f"{LAMP}@2"), 6, f"avs push FOLDER {LAMP}"),
        (("archive", f"{LAMP}@current"), 6, f"avs push FOLDER {LAMP}"),
        (("revert", f"{LAMP}@1", "--path", "never.txt"), 5, f"avs ls {LAMP}@VERSION"),
    ],
    ids=str,
)
def test_what_the_service_takes_for_wrong_words_has_the_code_of_its_kind(
    words: tuple[str, ...], code: int, helps: str
) -> None:
    """VAMS answers these with 400, as it does where the words are wrong."""
    said = avs(*words)
    assert (said.code, said.out, said.err.count("\n")) == (code, "", 1)
    assert helps in said.err


ENDINGS: list[tuple[httpx.Response | BaseException, Exit]] = [
    (httpx.Response(200, json={"versions": []}), Exit.OK),
    (httpx.Response(500, json={"message": "Internal Server Error"}), Exit.UNEXPECTED),
    (httpx.Response(200, json=[]), Exit.UNEXPECTED),
    (httpx.Response(400, json={"message": "pageSize: must be a whole number."}), Exit.USAGE),
    (httpx.Response(401, json={"message": "Unauthorized"}), Exit.NOT_SIGNED_IN),
    (httpx.Response(403, json={"message": "No rule allows it."}), Exit.NOT_ALLOWED),
    (httpx.Response(404, json={"message": "No asset 'lamp'."}), Exit.NOT_FOUND),
    (httpx.Response(409, json={"message": "It has moved on."}), Exit.CONFLICT),
    (httpx.Response(429, json={"message": "Too much."}), Exit.UNREACHABLE),
    (httpx.Response(503, json={"message": "Too much."}), Exit.UNREACHABLE),
    (httpx.ConnectError("no route"), Exit.UNREACHABLE),
    (errors.Damaged("Other bytes."), Exit.DAMAGED),
    (PermissionError(13, "Permission denied", "lamp"), Exit.THIS_MACHINE),
    (errors.Incomplete("Some were left out."), Exit.INCOMPLETE),
    (KeyboardInterrupt(), Exit.INTERRUPTED),
]


@pytest.mark.parametrize(("comes", "code"), ENDINGS, ids=str)
@pytest.mark.usefixtures("versions")
def test_each_kind_of_end_has_its_code_and_a_line(
    world: World, comes: httpx.Response | BaseException, code: Exit
) -> None:
    def fault(_: httpx.Request) -> httpx.Response:
        if isinstance(comes, BaseException):
            raise comes
        return comes

    world.fault = fault
    said = avs("log", LAMP)
    assert (said.code, said.err.count("\n")) == (code, 0 if code is Exit.OK else 1)


def test_no_end_is_left_out() -> None:
    assert {code for _, code in ENDINGS} == set(Exit)
