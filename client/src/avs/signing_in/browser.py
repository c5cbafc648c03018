"""Sign in in the browser: the pool's own pages send it back here with a code, which PKCE makes ours alone."""

import base64
import hashlib
import http.server
import secrets
import threading
import time
import webbrowser
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from avs.problems import Exit, Problem
from avs.signing_in.system import System
from avs.signing_in.tokens import Tokens, ask_for_tokens, from_oauth, refused

# Cognito leads back to nowhere else; `infra/identity.py` has the same.
PORTS = (21764, 21765, 21766)
PATH = "/signed-in"
SCOPES = "openid aws.cognito.signin.user.admin"
PATIENCE_SECONDS = 300

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>avs</title>
<style>body{{font:1.2rem/1.5 system-ui,sans-serif;margin:20vh auto;max-width:32rem;padding:0 1rem;
color-scheme:light dark}}</style><p>{}</p></html>"""
DONE = "You are signed in. Close this page and go back to your terminal."
FAILED = "That did not work. Your terminal says why."


def sign_in(system: System, say: Callable[[str], None]) -> Tokens:
    """Open the browser, and wait for it to come back."""
    verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
    with _Waiting(state) as waiting:
        address = f"{system.sign_in_url}/oauth2/authorize?" + urlencode(
            {
                "response_type": "code",
                "client_id": system.browser_client,
                "redirect_uri": waiting.address,
                "scope": SCOPES,
                "state": state,
                "code_challenge": _challenge(verifier),
                "code_challenge_method": "S256",
            }
        )
        say(f"Sign in in the browser. If none opens, go to:\n{address}")
        # Some browsers hold the terminal until they are left; the visit comes before that.
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        code = waiting.code(time.monotonic() + PATIENCE_SECONDS)
        form = {
            "grant_type": "authorization_code",
            "client_id": system.browser_client,
            "code": code,
            "redirect_uri": waiting.address,
            "code_verifier": verifier,
        }
        return from_oauth(ask_for_tokens(system.sign_in_url, form))


def renew(sign_in_url: str, client: str, refresh_token: str) -> Tokens:
    form = {"grant_type": "refresh_token", "client_id": client, "refresh_token": refresh_token}
    return from_oauth(ask_for_tokens(sign_in_url, form), refresh_token)


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


class _Waiting(http.server.HTTPServer):
    """A server for one visit: the browser's, on its way back. Other visitors change nothing."""

    def __init__(self, state: str) -> None:
        self.state = state
        self.found: dict[str, str] | None = None
        self._listen()
        self.address = f"http://localhost:{self.server_port}{PATH}"

    def _listen(self) -> None:
        for port in PORTS:
            try:
                super().__init__(("localhost", port), _Visit)
            except OSError:
                continue
            return
        tried = ", ".join(map(str, PORTS))
        raise Problem(
            Exit.THIS_MACHINE, f"All ports that the browser may come back to are taken: {tried}.",
            "Free one of them, or sign in by password: avs login URL --user NAME",
        )  # fmt: skip

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A visitor who breaks off, or asks for no address, is no news; others may still come."""

    def code(self, until: float) -> str:
        while self.found is None:
            self.timeout = until - time.monotonic()
            if self.timeout <= 0:
                raise Problem(
                    Exit.NOT_SIGNED_IN, "Nobody signed in for five minutes.", "Try again: avs login"
                )
            self.handle_request()
        if "code" not in self.found:
            raise refused(self.found.get("error_description") or self.found.get("error") or "no code came")
        return self.found["code"]


class _Visit(http.server.BaseHTTPRequestHandler):
    server: _Waiting
    timeout = 10

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        said = {name: values[0] for name, values in parse_qs(parts.query).items()}
        ours = secrets.compare_digest(said.get("state", "").encode(), self.server.state.encode())
        if parts.path != PATH or not ours:
            self.send_error(404)
            return
        self.server.found = said
        body = PAGE.format(DONE if "code" in said else FAILED).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base class names it so)
        """Silent: the address has the code in it."""
