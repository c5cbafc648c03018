"""Requests: signed in, tried again where that helps, and their failures by kind."""

import random
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar
from uuid import uuid4

import httpx
import msgspec

from assetversions_client import __version__, errors

ATTEMPTS = 6
# The longest pause, also where a reply asks for more: who waits wants to hear of it.
MOST_SECONDS = 30.0
# An API may work for 29 seconds; storage answers at once, or is asked again.
API_TIMEOUT = httpx.Timeout(40, connect=10, pool=None)
STORAGE_TIMEOUT = httpx.Timeout(60, connect=10, pool=None)
CONNECTIONS = 64

PASSING = {429, 500, 502, 503, 504}
KINDS: dict[int, type[errors.ClientError]] = {
    401: errors.NotSignedIn,
    403: errors.NotAllowed,
    404: errors.NotFound,
    409: errors.Conflict,
    412: errors.Conflict,
}

# RFC 9110 calls these the visible characters.
_TOKEN = re.compile(r"[\x21-\x7e]+")

Query = Mapping[str, Any]
T = TypeVar("T")


class Token(Protocol):
    """Gives the token to sign in with; asked for a fresh one where the last was not taken."""

    def __call__(self, *, fresh: bool = False) -> str: ...


class LinkExpired(Exception):
    """A link to storage is not taken any more: a new one is needed."""


class StorageRefused(errors.ClientError):
    """Storage does not take or give these bytes."""


class Http:
    """One API, as one user; usable from many threads at once."""

    def __init__(
        self,
        url: str,
        token: Token,
        transport: httpx.BaseTransport | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.url = url.rstrip("/")
        self._token = token
        self._pause = pause
        self.client = httpx.Client(
            timeout=API_TIMEOUT,
            limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS),
            transport=transport,
            headers={"User-Agent": f"avs/{__version__}"},
        )

    def close(self) -> None:
        self.client.close()

    def get(self, path: str, kind: type[T], **query: Any) -> T:
        return self._read(self.send("GET", path, query), kind)

    def write(self, method: str, path: str, body: Any, kind: type[T], *, rev: int | None = None) -> T:
        """A write is sent under a key of its own, so that to send it again does nothing twice.

        With `rev` it is a Conflict where the asset has moved on since.
        """
        return self.write_at(method, path, body, kind, rev=rev)[0]

    def write_at(
        self, method: str, path: str, body: Any, kind: type[T], *, rev: int | None = None
    ) -> tuple[T, int | None]:
        """The same, with the rev that the asset has from then on, where the reply tells it."""
        reply = self.send(method, path, {}, body, rev)
        told = reply.headers.get("ETag", "").strip('"')
        return self._read(reply, kind), int(told) if told.isdecimal() else None

    def send(
        self, method: str, path: str, query: Query, body: Any = None, rev: int | None = None
    ) -> httpx.Response:
        """The reply, or the error of its kind; what passes is waited for."""
        headers = _headers(method, rev)
        content = None
        if body is not None:
            content = msgspec.json.encode(body)
            headers["Content-Type"] = "application/json"
        asked = {name: _text(value) for name, value in query.items() if value is not None}
        fresh = False
        for pause in pauses():
            headers["Authorization"] = f"Bearer {_sendable(self._token(fresh=fresh))}"
            try:
                reply = self.client.request(
                    method, self.url + path, params=asked, content=content, headers=headers
                )
            except httpx.TransportError as error:
                if pause is None:
                    raise self._unreachable(error) from error
                self._pause(pause)
                continue
            if reply.status_code == 401 and not fresh:
                fresh = True
                continue
            if reply.status_code not in PASSING or pause is None:
                break
            self._pause(waiting(reply, pause))
        if reply.is_success:
            return reply
        raise refusal(reply)

    def _read(self, reply: httpx.Response, kind: type[T]) -> T:
        try:
            return msgspec.json.decode(reply.content, type=kind)
        except msgspec.DecodeError as error:
            raise errors.Failed(
                f"{self.url} answered what this avs does not understand ({error}): is it the right address?"
            ) from error

    def _unreachable(self, error: httpx.TransportError) -> errors.ClientError:
        return errors.NoNetwork(f"{self.url} can't be reached ({error or type(error).__name__}).")

    # storage

    def put(self, link: str, content: Callable[[], Any], headers: Mapping[str, str]) -> httpx.Response:
        """Send bytes to a link; `content` gives them anew for each attempt."""
        for pause in pauses():
            try:
                reply = self.client.put(link, content=content(), headers=headers, timeout=STORAGE_TIMEOUT)
            except httpx.TransportError as error:
                if pause is None:
                    raise errors.NoNetwork(f"The storage can't be reached ({error}).") from error
                self._pause(pause)
                continue
            if reply.is_success:
                return reply
            if pause is None or not _storage_passes(reply):
                break
            self._pause(waiting(reply, pause))
        raise _storage_refusal(reply)

    @contextmanager
    def stream(self, link: str, start: int = 0) -> Iterator[httpx.Response]:
        """The bytes behind a link, from `start` on; what breaks off is for the caller to take up."""
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
        with self.client.stream("GET", link, headers=headers, timeout=STORAGE_TIMEOUT) as reply:
            if not reply.is_success:
                reply.read()
                raise _storage_refusal(reply)
            yield reply

    def chunks(self, link: str) -> Iterator[bytes]:
        """All bytes behind a link, in one go: what breaks off is an error of its kind."""
        try:
            with self.stream(link) as reply:
                yield from reply.iter_raw(1 << 20)
        except LinkExpired as error:
            raise errors.Busy("The storage does not take the link, fresh as it is.") from error
        except httpx.TransportError as error:
            raise errors.NoNetwork(f"The storage broke off, or can't be reached ({error}).") from error


def _sendable(token: str) -> str:
    """A token that fits into a header; else its failure on the way would be told with all of it."""
    if not _TOKEN.fullmatch(token):
        raise errors.NotSignedIn(
            "The token is none: it is empty, or has a space, a line's end or a letter that no token has."
        )
    return token


def _headers(method: str, rev: int | None) -> dict[str, str]:
    headers = {} if method == "GET" else {"Idempotency-Key": str(uuid4())}
    return headers if rev is None else headers | {"If-Match": f'"{rev}"'}


def pauses() -> Iterator[float | None]:
    """How long to wait after each attempt; None after the last."""
    for attempt in range(ATTEMPTS - 1):
        yield min(MOST_SECONDS, 0.25 * 2**attempt) * random.uniform(0.5, 1.5)  # noqa: S311
    yield None


def waiting(reply: httpx.Response, pause: float) -> float:
    """As long as the reply asks for, in bounds."""
    asked = reply.headers.get("Retry-After", "")
    return min(MOST_SECONDS, max(pause, float(asked))) if asked.isdecimal() else pause


def refusal(reply: httpx.Response) -> errors.ClientError:
    """A reply that is no success, as an error of its kind with the service's own words."""
    status, text = reply.status_code, _message(reply)
    if status in KINDS:
        return KINDS[status](text)
    if status in PASSING - {500}:
        return errors.Busy(text)
    return errors.Failed(text) if status >= 500 else errors.Refused(text)


def _message(reply: httpx.Response) -> str:
    try:
        body = msgspec.json.decode(reply.content)
    except msgspec.DecodeError:
        body = None
    said = body.get("message") if isinstance(body, dict) else None
    return said if isinstance(said, str) else f"The service answered {reply.status_code}."


def _storage_passes(reply: httpx.Response) -> bool:
    return reply.status_code in PASSING or (reply.status_code == 400 and "RequestTimeout" in reply.text)


def _storage_refusal(reply: httpx.Response) -> Exception:
    if reply.status_code in {400, 403} and ("expired" in reply.text or "ExpiredToken" in reply.text):
        return LinkExpired()
    if reply.status_code in PASSING:
        return errors.Busy(f"The storage answered {reply.status_code} again and again; try it later.")
    return StorageRefused(f"The storage answered {reply.status_code}: {_code(reply.text)}.")


def _code(text: str) -> str:
    return text.partition("<Code>")[2].partition("</Code>")[0] or "no reason"


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
