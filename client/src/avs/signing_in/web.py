"""Requests to a system and to its user pool before anybody has signed in; each failure is one line."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from avs.problems import Exit, Problem, usage

if TYPE_CHECKING:
    import httpx

SECONDS = 30
_HERE = {"localhost", "127.0.0.1", "::1"}


def client() -> "httpx.Client":
    import httpx  # slow to import

    return httpx.Client(timeout=SECONDS)


def get(url: str) -> Any:
    return _answer("GET", url)[1]


def post(url: str, **how: Any) -> tuple[int, Any]:
    """Status and body: what a 4xx means the caller knows."""
    return _answer("POST", url, **how)


def checked(url: str) -> str:
    """An address that a secret may be sent to: by TLS, or to this machine."""
    import httpx

    try:
        parts = httpx.URL(url)
        scheme, host = parts.scheme, parts.host
        urlsplit(url)  # it refuses others than httpx does
    except (httpx.InvalidURL, ValueError) as error:
        # What is in it may be secret.
        raise usage("That is no address.", "Write https://…, as the output ApiUrl has it.") from error
    if parts.userinfo or parts.query or parts.fragment:
        raise usage("A name, a password, a '?' or a '#' can't be in this address.", "Write https://HOST.")
    if host and (scheme == "https" or (scheme == "http" and host in _HERE)):
        return url.rstrip("/")
    raise usage(f"'{url}' is no address for secrets.", "Write https://…; http:// is for this machine alone.")


def _answer(method: str, url: str, **how: Any) -> tuple[int, Any]:
    import httpx

    address = checked(url)
    try:
        with client() as http:
            reply = http.request(method, address, **how)
    except (httpx.HTTPError, UnicodeError) as error:  # a label that is too long is no letter, says Python
        reason = str(error) or type(error).__name__
        raise Problem(
            Exit.UNREACHABLE, f"{_host(url)} can't be reached: {reason}.", "Is the network there? Then again."
        ) from error
    if reply.status_code >= 500 or reply.status_code == 429:
        raise Problem(
            Exit.UNREACHABLE, f"{_host(url)} answers {reply.status_code}.", "Try again in a minute."
        )
    if method == "GET" and reply.status_code != 200:
        raise _nothing_there(url, str(reply.status_code))
    if not reply.content:
        return reply.status_code, {}
    try:
        said = reply.json()
    except ValueError as error:
        raise _nothing_there(url, "something else") from error
    if not isinstance(said, dict):
        raise _nothing_there(url, "something else")
    return reply.status_code, said


def _nothing_there(url: str, answer: str) -> Problem:
    return Problem(
        Exit.NOT_FOUND,
        f"{_host(url)} is no Asset Versions API: it answers {answer} to {urlsplit(url).path}.",
        "Write the address of the API: the output ApiUrl of the stack.",
    )


def _host(url: str) -> str:
    return urlsplit(url).netloc
