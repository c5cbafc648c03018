"""Requests to the world outside: to an address that was checked, over TLS, and nowhere else."""

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from contextlib import contextmanager, suppress
from functools import cached_property
from ipaddress import ip_address
from threading import Timer
from urllib.parse import SplitResult

from assetversions.domain.addresses import Address, allowed, receiver

# For all of it: the name, the connection, the request, the answer.
SECONDS = 10.0

Resolve = Callable[[str, int], list[Address]]


class Refused(Exception):
    """Nothing was sent: the message says why."""


def resolve(host: str, port: int) -> list[Address]:
    """Every address of a name, as this machine finds them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ip_address(str(place[0]).partition("%")[0]) for *_, place in found]


class Outside:
    """`loopback` lets this machine's own in, over plain HTTP, too: for the local stage alone."""

    def __init__(self, loopback: bool = False, resolve: Resolve = resolve, seconds: float = SECONDS) -> None:
        self._loopback = loopback
        self._resolve = resolve
        self.seconds = seconds

    @contextmanager
    def asked(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Iterator[http.client.HTTPResponse]:
        """The answer, to be read within; redirects are not followed.

        Invalid or Refused for an address that nothing may be sent to. OSError, HTTPException or ValueError
        where there is no answer, or not all of it in time.
        """
        parts = receiver(url, self._loopback)
        deadline = time.monotonic() + self.seconds
        connection = self._connect(parts, deadline)
        # An answer that comes in drops keeps each read within its own time: this ends all of them.
        cut = Timer(max(deadline - time.monotonic(), 0), _shut, [connection])
        cut.start()
        try:
            if parts.scheme == "https":
                self._encrypt(connection)
            target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
            connection.request(method, target, body, {"Host": parts.netloc, **headers})
            yield connection.getresponse()
            if time.monotonic() >= deadline:
                raise TimeoutError  # what was cut off looks like an answer without an end
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


def _shut(connection: http.client.HTTPConnection) -> None:
    sock: socket.socket | None = connection.sock
    if sock is not None:
        with suppress(OSError):  # it may be closed already
            sock.shutdown(socket.SHUT_RDWR)
