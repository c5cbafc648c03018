"""Sends one delivery to one receiver: to an address that was checked, over TLS, and nowhere else."""

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cached_property
from ipaddress import ip_address
from threading import Timer
from urllib.parse import SplitResult

from msgspec import Struct

from assetversions.domain.addresses import Address, allowed, receiver
from assetversions.domain.errors import Invalid
from assetversions.domain.webhooks import ANSWER_CHARACTERS

# For all of it: the name, the connection, the request, the answer.
SECONDS = 10.0
# Those say when to come back.
BUSY = (429, 503)
_MOST_DIGITS = 9

Resolve = Callable[[str, int], list[Address]]


class Answer(Struct, frozen=True):
    """`status` is None where there was no answer; `problem` says why then, or what is wrong with it.

    `rest` is for how long it wants to be left alone.
    """

    status: int | None
    milliseconds: int
    text: str = ""
    problem: str | None = None
    rest: timedelta = timedelta()

    @property
    def taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class Refused(Exception):
    """Nothing was sent: the message says why."""


def resolve(host: str, port: int) -> list[Address]:
    """Every address of a name, as this machine finds them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ip_address(str(place[0]).partition("%")[0]) for *_, place in found]


class Receivers:
    """`loopback` lets this machine's own in, over plain HTTP, too: for the local stage alone."""

    def __init__(self, loopback: bool = False, resolve: Resolve = resolve, seconds: float = SECONDS) -> None:
        self._loopback = loopback
        self._resolve = resolve
        self._seconds = seconds

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """What came of it; redirects are not followed."""
        begun = time.monotonic()
        try:
            status, text, rest = self._post(url, body, headers)
        except (Refused, Invalid) as error:
            return Answer(None, _since(begun), problem=f"Not sent: {error}")
        except (OSError, http.client.HTTPException, ValueError) as error:
            late = time.monotonic() - begun >= self._seconds
            problem = f"No answer in {self._seconds:.0f} s." if late else f"{type(error).__name__}: {error}"
            return Answer(None, _since(begun), problem=problem[:ANSWER_CHARACTERS])
        return Answer(status, _since(begun), text, rest=rest)

    def _post(self, url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str, timedelta]:
        parts = receiver(url, self._loopback)
        deadline = time.monotonic() + self._seconds
        connection = self._connect(parts, deadline)
        # An answer that comes in drops keeps each read within its own time: this ends all of them.
        cut = Timer(max(deadline - time.monotonic(), 0), _shut, [connection])
        cut.start()
        try:
            if parts.scheme == "https":
                self._encrypt(connection)
            target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
            connection.request("POST", target, body, {"Host": parts.netloc, **headers})
            answer = connection.getresponse()
            text = answer.read(ANSWER_CHARACTERS).decode(errors="replace")
            if time.monotonic() >= deadline:
                raise TimeoutError  # what was cut off looks like an answer without an end
            return answer.status, text, _rest(answer)
        finally:
            cut.cancel()
            connection.close()

    def _connect(self, parts: SplitResult, deadline: float) -> http.client.HTTPConnection:
        """To the first address that takes it; all of them must be public, and are asked for once."""
        host = str(parts.hostname)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        addresses = self._addresses(host, port, deadline)
        if wrong := [one for one in addresses if not allowed(one, self._loopback)]:
            raise Refused(f"{host} is at {wrong[0]}, which is not public.")
        connection = http.client.HTTPConnection(host, port)
        connection.sock = self._reach(addresses, port, deadline)
        return connection

    def _encrypt(self, connection: http.client.HTTPConnection) -> None:
        """The certificate must be that of the name, whatever address it is at."""
        encrypted = self._tls.wrap_socket(
            connection.sock, server_hostname=connection.host, do_handshake_on_connect=False
        )
        connection.sock = encrypted
        encrypted.do_handshake()

    def _addresses(self, host: str, port: int, deadline: float) -> list[Address]:
        """The resolver of the machine knows no time-out."""
        pool = ThreadPoolExecutor(1)
        try:
            asked = pool.submit(self._resolve, host, port)
            found = asked.result(max(deadline - time.monotonic(), 0))
        except TooLate as error:
            raise OSError(f"{host} could not be resolved in time.") from error
        finally:
            pool.shutdown(wait=False)
        if not found:
            raise Refused(f"{host} has no address.")
        return found

    def _reach(self, addresses: list[Address], port: int, deadline: float) -> socket.socket:
        last: OSError | None = None
        for address in addresses:
            left = deadline - time.monotonic()
            if left <= 0:
                break
            try:
                return socket.create_connection((str(address), port), timeout=left)
            except OSError as error:
                last = error
        raise last or OSError("No time was left to connect.")

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context


def _rest(answer: http.client.HTTPResponse) -> timedelta:
    """What it says of when to come back, if it can be read: seconds, or a date."""
    said = answer.headers.get("Retry-After", "")
    if answer.status not in BUSY:
        return timedelta()
    with suppress(ValueError, OverflowError, TypeError):
        if said.isdecimal():
            return timedelta(seconds=float(said[:_MOST_DIGITS]))
        return parsedate_to_datetime(said) - datetime.now(UTC)
    return timedelta()


def _shut(connection: http.client.HTTPConnection) -> None:
    sock: socket.socket | None = connection.sock
    if sock is not None:
        with suppress(OSError):  # it may be closed already
            sock.shutdown(socket.SHUT_RDWR)


def _since(begun: float) -> int:
    return round((time.monotonic() - begun) * 1000)
