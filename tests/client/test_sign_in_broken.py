"""What stands in the way of a sign-in, an address, an answer, a file of secrets, is one clear line."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from avs import profiles, safe
from avs.problems import Problem
from avs.profiles import Profile
from avs.signing_in import browser, tokens, web


def test_the_browser_counts_only_where_it_brings_back_what_it_was_given(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Others who knock meanwhile end nothing, and print nothing."""
    with browser._Waiting("ours") as waiting, ThreadPoolExecutor(1) as pool:
        code = pool.submit(waiting.code, time.monotonic() + 20)
        for asked in (
            "//[",
            "/signed-in?code=bad",
            "/signed-in?code=bad&state=theirs",
            "/?code=bad&state=ours",
        ):
            with socket.create_connection(("localhost", waiting.server_port)) as visit:
                visit.sendall(f"GET {asked} HTTP/1.0\r\n\r\n".encode())
                assert not visit.recv(100).startswith(b"HTTP/1.0 200")
        assert httpx.get(waiting.address, params={"code": "good", "state": "ours"}).status_code == 200
        assert code.result(20) == "good"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "address",
    [
        "https://[::1",
        "https://a:x",
        "https://a\x00b",
        "https://xn--/",
        "https://mara:secret@api.example.com",
        "https://api.example.com?x=1",
        "https://api.example.com#x",
        "https://..",
    ],
)
def test_what_is_no_address_is_told_in_one_line_without_what_is_secret_in_it(address: str) -> None:
    with pytest.raises(Problem) as found:
        web.get(address)
    assert "secret" not in found.value.line()


@pytest.mark.parametrize("answer", [[], "text", {}, {"access_token": 1}, {"access_token": "a"}, None])
def test_a_pool_that_gives_no_token_is_told(monkeypatch: pytest.MonkeyPatch, answer: object) -> None:
    reply = httpx.MockTransport(lambda _: httpx.Response(200, json=answer))
    monkeypatch.setattr(web, "client", lambda: httpx.Client(transport=reply))
    with pytest.raises(Problem):
        tokens.from_oauth(tokens.ask_for_tokens("https://pool.example.com", {}))
    with pytest.raises(Problem):
        tokens.from_api(tokens.ask_pool("https://pool.example.com", "InitiateAuth", {}))


@pytest.mark.parametrize("kept", [b"[]", b"{}", b'{"access": 1}', b"\xff", b"{"])
def test_secrets_are_closed_again_and_damaged_ones_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kept: bytes
) -> None:
    monkeypatch.setattr(profiles, "folder", lambda: tmp_path)
    monkeypatch.setattr(safe, "folder", lambda: tmp_path)
    profile = Profile("studio", "https://a", "https://a", "token")
    safe.keep("studio", {"access": "a", "ends_at": 1.0, "renewed_by": ""}, print, "file")
    place = tmp_path / "secrets" / "studio.json"
    place.chmod(0o644)
    assert safe.find(profile) == {"access": "a", "ends_at": 1.0, "renewed_by": ""}
    assert place.stat().st_mode & 0o777 == 0o600
    place.write_bytes(kept)
    with pytest.raises(Problem, match="is damaged"):
        safe.find(profile)
