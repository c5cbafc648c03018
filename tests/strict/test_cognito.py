"""A refreshed token is as good as the one of the sign-in."""

import base64
import hashlib
import json
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.strict.users import CALLBACK, Pool

VERIFIER = "v" * 43


def claims(token: str) -> dict[str, Any]:
    body = token.split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return found


def test_a_refresh_of_a_browsers_sign_in_keeps_the_groups(engine: str):
    pool = Pool(engine)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
    form = {
        "username": pool.user,
        "password": pool.password,
        "client_id": pool.client_id,
        "redirect_uri": CALLBACK,
        "response_type": "code",
        "scope": "openid",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    code = parse_qs(urlsplit(httpx.post(f"{engine}/login", data=form).headers["Location"]).query)["code"][0]
    asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
    signed_in = pool.tokens(**asked, code_verifier=VERIFIER)
    refreshed = pool.tokens(grant_type="refresh_token", refresh_token=signed_in["refresh_token"])
    for kind in ("access_token", "id_token"):
        assert claims(signed_in[kind])["cognito:groups"] == ["editor"]
        assert claims(refreshed[kind]).get("cognito:groups") == ["editor"]


def test_a_refreshed_token_tells_when_its_user_signed_in(engine: str):
    """Not when it was refreshed, a second later at least."""
    pool = Pool(engine)
    signed_in = pool.sign_in()
    begun = claims(signed_in["AccessToken"])["auth_time"]
    while time.time() < begun + 1:
        time.sleep(0.05)
    refreshed = pool.refresh(signed_in["RefreshToken"])
    assert claims(refreshed["AccessToken"])["auth_time"] == begun
    assert claims(refreshed["AccessToken"])["iat"] > begun


def test_who_signs_out_in_a_browser_has_their_refresh_token_revoked(engine: str):
    pool = Pool(engine)
    token = pool.sign_in()["RefreshToken"]
    asked = {"client_id": pool.client_id, "refresh_token": token, "grant_type": "refresh_token"}
    assert httpx.post(f"{engine}/oauth2/token", data=asked).status_code == 200
    revoked = httpx.post(f"{engine}/oauth2/revoke", data={"client_id": pool.client_id, "token": token})
    assert (revoked.status_code, revoked.content) == (200, b"")
    assert httpx.post(f"{engine}/oauth2/token", data=asked).status_code == 400
    nothing = httpx.post(f"{engine}/oauth2/revoke", data={"client_id": pool.client_id})
    assert (nothing.status_code, nothing.json()) == (400, {"error": "invalid_request"})
