"""`avs` against the running system: people sign in each way, stay signed in, and look at what there is."""

import json
import stat
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from local.people import PASSWORD
from local.system import System
from tests.client.command_line import avs, told
from tests.system.client import new_asset
from tests.system.pages import sign_in


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Of somebody who has signed in nowhere, on a machine without a keyring."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for name in ("AVS_URL", "AVS_TOKEN", "AVS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield tmp_path / "avs"
    keyring.set_keyring(before)


def secret(home: Path, profile: str = "default") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((home / "secrets" / f"{profile}.json").read_text())
    return found


def test_who_signs_in_by_password_stays_signed_in(system: System, home: Path) -> None:
    assert told("login", system.api_url, "--user", "editor", typed=f"{PASSWORD}\n").lines == [
        f"Signed in as editor at {system.api_url}",
        "Roles: editor",
    ]
    file = home / "secrets" / "default.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    kept = secret(home)
    file.write_text(json.dumps(kept | {"ends_at": 0}))
    assert told("whoami", "--json").json["user"] == "editor"
    assert secret(home)["ends_at"] > kept["ends_at"] - 60
    assert secret(home)["renewed_by"] == kept["renewed_by"]


def test_a_sign_in_that_is_over_is_said_in_one_line(system: System, home: Path) -> None:
    assert avs("whoami").code == 3
    told("login", system.api_url, "--user", "viewer", "--profile", "other", typed=f"{PASSWORD}\n")
    file = home / "secrets" / "other.json"
    file.write_text(json.dumps(secret(home, "other") | {"ends_at": 0, "renewed_by": "of yesterday"}))
    said = avs("ls")
    assert (said.code, said.out) == (3, "")
    assert said.err == "avs: The sign-in of profile 'other' is over. Sign in: avs login --profile other\n"


def test_who_signs_in_by_the_browser_comes_back_with_a_code(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[httpx.Response] = []

    def browse(address: str) -> bool:
        back = parse_qs(urlsplit(address).query)["redirect_uri"][0]
        forged = httpx.get(f"{back}?code=forged&state=guessed", timeout=30)
        assert forged.status_code == 404
        answers.append(httpx.get(sign_in(address, "editor"), timeout=30))
        return True

    monkeypatch.setattr(webbrowser, "open", browse)
    said = told("login", system.api_url)
    assert said.lines[0] == f"Signed in as editor at {system.api_url}"
    assert [(one.status_code, "You are signed in" in one.text) for one in answers] == [(200, True)]
    told("logout")
    assert avs("whoami").code == 3


def test_a_sign_in_of_the_browser_is_renewed_and_ends_with_the_logout(
    system: System, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda at: bool(httpx.get(sign_in(at, "viewer"), timeout=30)))
    told("login", system.api_url)
    file = home / "secrets" / "default.json"
    file.write_text(json.dumps(secret(home) | {"ends_at": 0}))
    assert told("whoami", "--json").json["roles"] == ["viewer"]
    kept = json.loads(file.read_text())
    told("logout")
    assert not file.exists()
    file.write_text(json.dumps(kept | {"ends_at": 0}))
    assert avs("whoami").code == 3


def test_an_api_token_and_a_machine_sign_in_too(system: System) -> None:
    made = httpx.post(
        f"{system.api_url}/api-tokens",
        headers={"Authorization": f"Bearer {system.token('editor')}"},
        json={"name": f"t-{uuid4().hex[:8]}", "scopes": ["data:read"]},
        timeout=60,
    ).json()
    said = told("login", system.api_url, "--token", "--json", typed=f"{made['token']}\n").json
    assert (said["user"], said["kind"], said["scopes"]) == ("editor", "token", ["data:read"])
    assert told("ls").code == 0
    client = system.machine_client_id
    pool = {"UserPoolId": system.user_pool_id, "ClientId": client}
    found = system.client("cognito-idp").describe_user_pool_client(**pool)["UserPoolClient"]
    words = ("login", system.api_url, "--machine", client, "--profile", "farm", "--json")
    assert told(*words, typed=f"{found['ClientSecret']}\n").json["kind"] == "machine"
    assert {one["profile"]: one["kind"] for one in told("profiles", "--json").json} == {
        "default": "token",
        "farm": "machine",
    }


def test_wrong_words_and_wrong_places_are_one_line_each(system: System, home: Path) -> None:
    cases = [
        (("login", system.api_url, "--user", "editor"), "wrong\n", 3),
        (("login", system.api_url, "--user", "editor"), "", 2),
        (("login", system.api_url, "--user", "a", "--token"), "", 2),
        (("login", "http://example.com", "--token"), "x\n", 2),
        (("login", "http://127.0.0.1:9"), "", 7),
        (("login", system.endpoint), "", 5),
        (("login", system.api_url, "--token"), "avt_nothing\n", 3),
        (("login",), "", 2),
    ]
    for words, typed, code in cases:
        said = avs(*words, typed=typed)
        assert (said.code, said.out, said.err.count("\n")) == (code, "", 1), (words, said)
    assert not (home / "profiles.json").exists()


def test_what_there_is_can_be_seen_and_brought_back(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    asset = new_asset(system)
    monkeypatch.setenv("AVS_URL", system.api_url)
    monkeypatch.setenv("AVS_TOKEN", system.token("editor"))
    name = f"{asset.database_id}/{asset.asset_id}"
    asset.put("a.txt", b"one")
    asset.create()
    asset.put("a.txt", b"two!")
    asset.create()
    assert [one["version"] for one in told("log", name, "--json").json] == [2, 1]
    assert told("diff", f"{name}@1", "2").lines[0] == "M  a.txt  3 B → 4 B"
    assert told("revert", f"{name}@1", "--json").json["version"] == 3
    assert told("cat", name, "a.txt").out == "one"
    assert told("whoami", "--json").json["profile"] is None
