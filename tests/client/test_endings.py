"""How commands end: each kind of failure has its code, whatever status the service gives it."""

from pathlib import Path

import pytest
from assetversions_client import Client
from avs.session import Session

from tests.client.command_line import avs
from tests.client.conftest import REF
from tests.client.folders import write

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
