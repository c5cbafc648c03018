"""People sign in on the pool's own pages, and what that gives them is as good as a sign-in by password."""

import pytest

from local.system import System
from tests.system.client import Api
from tests.system.pages import ByCode

HERE = "http://localhost:21765/signed-in"


@pytest.fixture(scope="module")
def tokens(system: System) -> dict[str, str]:
    """Of the editor."""
    asked = ByCode(system, HERE)
    reply = asked.redeem(asked.code("editor"))
    assert reply.status_code == 200, reply.text
    found: dict[str, str] = reply.json()
    return found


def test_who_signed_in_by_a_browser_comes_in_at_either_authorizer(
    system: System, tokens: dict[str, str]
) -> None:
    editor = Api(system.api_url, tokens["access_token"])
    assert editor.call("GET", "/database").status_code == 200
    me = editor.ok("GET", "/auth/me")
    assert (me["userId"], me["kind"], me["scopes"]) == ("editor", "user", None)
    assert "editor" in me["roles"]


def test_a_refreshed_token_is_as_good(system: System, tokens: dict[str, str]) -> None:
    form = {
        "grant_type": "refresh_token",
        "client_id": system.sign_in_client_id,
        "refresh_token": tokens["refresh_token"],
    }
    fresh = Api(system.endpoint, None).ok("POST", "/oauth2/token", data=form)["access_token"]
    assert "editor" in Api(system.api_url, fresh).ok("GET", "/auth/me")["roles"]


def test_a_code_without_its_verifier_is_worth_nothing(system: System) -> None:
    asked = ByCode(system, HERE)
    assert asked.redeem(asked.code("editor"), "guessed" * 8).status_code == 400


def test_the_web_console_of_the_stage_may_be_led_back_to_and_no_other_page(system: System) -> None:
    console = ByCode(system, f"{system.api_url}/console/")
    assert console.redeem(console.code("viewer")).status_code == 200
    for page in ("http://localhost:21767/signed-in", f"{system.api_url}/", "https://elsewhere.example/"):
        with pytest.raises(AssertionError, match="redirect_uri"):
            ByCode(system, page).code("viewer")
