"""Secrets go to the keyring where there is one that takes them, else to a file; what fails is one line.

The keyrings here are our own. By hand it was seen with GNOME's, over the Secret Service.
"""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from avs import profiles, safe
from avs.problems import Exit, Problem
from avs.profiles import Profile
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as Forgetful
from keyring.errors import KeyringError, KeyringLocked, PasswordSetError

SECRET = {"access": "a", "ends_at": 1.0, "renewed_by": "r"}
STUDIO = Profile("studio", "https://a", "https://a", "token", secrets_in="keyring")


class Drawer(KeyringBackend):
    """Keeps what it is given; where it `fails` it does so with every request."""

    priority = 1.0

    def __init__(self, fails: Exception | None = None) -> None:
        super().__init__()
        self.fails = fails
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._check()
        del self.held[service, username]

    def _check(self) -> None:
        if self.fails is not None:
            raise self.fails


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Where the file would be."""
    monkeypatch.setattr(profiles, "folder", lambda: tmp_path)
    monkeypatch.setattr(safe, "folder", lambda: tmp_path)
    before = keyring.get_keyring()
    yield tmp_path / "secrets/studio.json"
    keyring.set_keyring(before)


def test_a_keyring_keeps_gives_back_and_forgets(place: Path) -> None:
    drawer, said = Drawer(), list[str]()
    safe.keep("studio", SECRET, said.append, "file")
    keyring.set_keyring(drawer)
    assert safe.keep("studio", SECRET, said.append) == "keyring"
    assert (list(drawer.held), place.exists(), said) == ([("avs", "studio")], False, [])
    assert safe.find(STUDIO) == SECRET
    safe.forget(STUDIO)
    safe.forget(STUDIO)
    assert (safe.find(STUDIO), drawer.held) == (None, {})


@pytest.mark.parametrize("backend", [NoKeyring(), Forgetful()], ids=["none", "forgetful"])
def test_without_one_that_keeps_it_goes_to_a_file(place: Path, backend: KeyringBackend) -> None:
    said: list[str] = []
    keyring.set_keyring(backend)
    assert safe.keep("studio", SECRET, said.append) == "file"
    assert (place.stat().st_mode & 0o777, said) == (0o600, [])


FAILURES = [
    KeyringLocked("Failed to unlock\nthe collection!"),
    PasswordSetError("Can't store it"),
    KeyringError(),
    RuntimeError("no bus"),
    ValueError("Incorrect Password"),
    TimeoutError("it does not answer"),
]


@pytest.mark.parametrize("fails", FAILURES, ids=lambda one: type(one).__name__)
def test_one_that_does_not_open_is_told_in_one_line(place: Path, fails: Exception) -> None:
    said: list[str] = []
    keyring.set_keyring(Drawer(fails))
    assert safe.keep("studio", SECRET, said.append) == "file"
    [line] = said
    assert line.startswith("The keyring ")
    assert line.endswith(str(place))
    assert place.stat().st_mode & 0o777 == 0o600
    for ask in (safe.find, safe.forget):
        with pytest.raises(Problem, match="The keyring") as found:
            ask(STUDIO)
        assert found.value.kind is Exit.THIS_MACHINE
        assert not set(found.value.line()) & {"\n", "!"}
        assert found.value.next_step


def test_where_it_is_gone_one_signs_in_again(place: Path) -> None:
    keyring.set_keyring(NoKeyring())
    with pytest.raises(Problem, match="there is none here") as found:
        safe.find(STUDIO)
    assert found.value.next_step == "Sign in again: avs login --profile studio"
