"""Signing in where the user pool asks for more than a password, and where it can't be had."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from avs.problems import Exit, Problem
from avs.signing_in import browser, password, system, tokens, web

STAGE = {
    "tokensApi": "https://tokens.example.com",
    "cognitoUrl": "https://pool.example.com",
    "signInUrl": "https://pages.example.com",
    "cognitoAppClientId": "people",
    "signInClientId": "browsers",
    "consoleUrl": None,
}
DONE = {"AuthenticationResult": {"AccessToken": "fresh", "ExpiresIn": 3600, "RefreshToken": "later"}}


class Pool:
    """Answers with what it was told to, in turn, and keeps what it was asked."""

    def __init__(self, *answers: Any, status: int = 200) -> None:
        self.answers, self.status = list(answers), status
        self.asked: list[dict[str, Any]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(200, json=STAGE)
        self.asked.append(json.loads(request.content))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(self.status, json=answer)


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Callable[[Pool], system.System]:
    def put(pool: Pool) -> system.System:
        monkeypatch.setattr(web, "client", lambda: httpx.Client(transport=httpx.MockTransport(pool)))
        return system.look("api.example.com")

    return put


def typed(*secrets: str) -> Callable[[str], str]:
    left = list(secrets)
    return lambda _question: left.pop(0)


def test_a_new_password_and_a_code_are_asked_for_where_the_pool_wants_them(
    there: Callable[[Pool], system.System],
) -> None:
    pool = Pool(
        {"ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": "one", "ChallengeParameters": {}},
        {"ChallengeName": "SOFTWARE_TOKEN_MFA", "Session": "two", "ChallengeParameters": {}},
        DONE,
    )
    found = password.sign_in(there(pool), "mara", typed("given", "My own 1234!", "123456"))
    assert (found.access, found.renewed_by) == ("fresh", "later")
    assert [one.get("Session") for one in pool.asked] == [None, "one", "two"]
    assert pool.asked[1]["ChallengeResponses"] == {"USERNAME": "mara", "NEW_PASSWORD": "My own 1234!"}
    assert pool.asked[2]["ChallengeResponses"] == {"USERNAME": "mara", "SOFTWARE_TOKEN_MFA_CODE": "123456"}


def test_what_takes_the_pool_s_own_pages_leads_to_the_browser(
    there: Callable[[Pool], system.System],
) -> None:
    pool = Pool({"ChallengeName": "WEB_AUTHN", "Session": "one"})
    with pytest.raises(Problem, match="WEB_AUTHN") as found:
        password.sign_in(there(pool), "mara", typed("given"))
    assert "browser" in found.value.next_step


def test_a_refusal_and_a_pool_that_is_away_are_told_apart(there: Callable[[Pool], system.System]) -> None:
    refused = Pool({"message": "Incorrect username or password."}, status=400)
    away = Pool(httpx.ConnectError("no route to host"))
    for pool, kind in ((refused, Exit.NOT_SIGNED_IN), (away, Exit.UNREACHABLE)):
        with pytest.raises(Problem) as found:
            password.sign_in(there(pool), "mara", typed("given"))
        assert found.value.kind is kind


@pytest.mark.parametrize(
    "address", ["http://example.com", "http://127.0.0.1.evil.example", "ftp://localhost"]
)
def test_no_secret_goes_anywhere_but_by_tls_or_to_this_machine(address: str) -> None:
    with pytest.raises(Problem, match="no address for secrets"):
        web.checked(address)


def test_a_stage_that_names_an_open_address_for_passwords_is_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(web, "get", lambda _: STAGE | {"cognitoUrl": "http://pool.example.com"})
    with pytest.raises(Problem, match="no address for secrets"):
        system.look("https://api.example.com")


def test_an_access_token_tells_when_it_ends_and_an_api_token_does_not() -> None:
    body = "eyJleHAiOiAxMDB9"  # {"exp": 100}
    assert tokens.given(f"head.{body}.signature").ends_at == 100
    assert tokens.given("avt_abc").fresh
    assert tokens.given("head.no-json.signature").fresh


def test_the_challenge_of_pkce_is_that_of_the_standard() -> None:
    """RFC 7636, appendix B."""
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert browser._challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
