"""A browser as far as the pool's own pages need one: it fills in the form, and is sent on with a code."""

import base64
import hashlib
import re
import secrets
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

from local.people import PASSWORD
from local.system import System

TIMEOUT_SECONDS = 60


def sign_in(address: str, name: str) -> str:
    """Open the page at `address` and sign in; where that leads."""
    page = httpx.get(address, timeout=TIMEOUT_SECONDS)
    assert page.status_code == 200, page.text
    fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page.text))
    form = {key: unescape(value) for key, value in fields.items()} | {"username": name, "password": PASSWORD}
    sent_on = httpx.post(f"{address.partition('/oauth2/')[0]}/login", data=form, timeout=TIMEOUT_SECONDS)
    assert sent_on.status_code == 302, sent_on.text
    return sent_on.headers["location"]


class ByCode:
    """A sign-in by code and PKCE, step by step."""

    def __init__(self, system: System, back: str) -> None:
        self.system, self.back = system, back
        self.verifier = secrets.token_urlsafe(48)

    def address(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self.system.sign_in_client_id,
            "redirect_uri": self.back,
            "scope": "openid aws.cognito.signin.user.admin",
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        return f"{self.system.endpoint}/oauth2/authorize?{urlencode(asked)}"

    def code(self, name: str) -> str:
        """What the browser brings back."""
        location = sign_in(self.address(), name)
        assert location.startswith(f"{self.back}?")
        return parse_qs(urlsplit(location).query)["code"][0]

    def redeem(self, code: str, verifier: str = "") -> httpx.Response:
        form = {
            "grant_type": "authorization_code",
            "client_id": self.system.sign_in_client_id,
            "code": code,
            "redirect_uri": self.back,
            "code_verifier": verifier or self.verifier,
        }
        return httpx.post(f"{self.system.endpoint}/oauth2/token", data=form, timeout=TIMEOUT_SECONDS)
