"""Counts the requests of a push and their bytes: ours in this process, a peer's in a relay before S3."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from assetversions_client.folders import Folder
from assetversions_client.http import Http
from assetversions_client.push import push
from assetversions_client.wire import AssetRef

from local.system import System

REQUEST = re.compile(rb"(?:GET|PUT|POST|HEAD|DELETE) \S+ HTTP/1\.1\r\n")
CHUNK = 1 << 16


class Seen:
    """What went by."""

    def __init__(self) -> None:
        self.requests = self.sent = self.received = 0
        self._lock = threading.Lock()

    def add(self, requests: int, sent: int, received: int) -> None:
        with self._lock:
            self.requests += requests
            self.sent += sent
            self.received += received

    def told(self) -> dict[str, Any]:
        return {"requests": self.requests, "bytes_sent": self.sent, "bytes_received": self.received}


def of_push(system: System, folder: Path, database: str, asset: str) -> dict[str, Any]:
    """Those of a push by the client itself."""
    seen = Seen()
    http = Http(system.api_url, lambda *, fresh=False: system.tokens["editor"], _Counting(seen))
    push(http, Folder(folder), AssetRef(database, asset))
    http.close()
    return seen.told()


class _Counting(httpx.HTTPTransport):
    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self._seen = seen

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        sent = request.read()
        reply = super().handle_request(request)
        received = b"".join(reply.iter_raw())
        self._seen.add(1, len(sent) + _head(request.headers), len(received) + _head(reply.headers))
        return httpx.Response(reply.status_code, headers=reply.headers, stream=httpx.ByteStream(received))


def _head(headers: httpx.Headers) -> int:
    return sum(len(name) + len(value) + 4 for name, value in headers.raw)


@contextmanager
def relay(endpoint: str) -> Iterator[tuple[str, Seen]]:
    """An address that leads to the endpoint, and what has gone by there."""
    seen, there = Seen(), urlsplit(endpoint)
    assert there.hostname is not None
    with socket.create_server(("127.0.0.1", 0)) as server:
        target = there.hostname, there.port or 80
        threading.Thread(target=_accept, args=(server, target, seen), daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", seen


def _accept(server: socket.socket, target: tuple[str, int], seen: Seen) -> None:
    while True:
        try:
            caller, _ = server.accept()
        except OSError:  # it is closed
            return
        called = socket.create_connection(target)
        for one, other, up in ((caller, called, True), (called, caller, False)):
            threading.Thread(target=_pass_on, args=(one, other, up, seen), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket, up: bool, seen: Seen) -> None:
    """A request's first line comes in one piece: each is the first of what its caller sends at once."""
    try:
        while data := one.recv(CHUNK):
            seen.add(*((len(REQUEST.findall(data)), len(data), 0) if up else (0, 0, len(data))))
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)
    except OSError:  # the other side has gone
        return
