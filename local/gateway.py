"""The front door on one port: the console, and all else for the API as it came, but for the Host header."""

import http.client
import json
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from local.console import Console
from local.emulator import HOST

# A function may take 29 seconds, and the first call of each starts a worker process.
REPLY_SECONDS = 120
# These speak of one connection, not of the request.
HOP_BY_HOP = {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"}
# What an HTTP request may have in its path; all else is escaped.
PATH = re.compile(r"[!-~]+")


class Malformed(Exception):
    """The request is none of HTTP's; says which part of it."""


class Gateway(ThreadingHTTPServer):
    daemon_threads = True
    # Ten clients at once are a test of ours; the default backlog is five.
    request_queue_size = 128

    def __init__(self, port: int, endpoint: str, api_id: str, console: Console | None) -> None:
        super().__init__((HOST, port), Door)
        self.console = console
        self.upstream = urlsplit(endpoint).netloc
        self.api_host = f"{api_id}.execute-api.localhost"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that has gone on to another page takes no answer any more; all else is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Gateway

    def _forward(self) -> None:
        console = self.server.console
        try:
            if console is not None and console.answers(self.path):
                self._answer(*console.answer(self.command, self.path))
            else:
                self._answer(*self._ask(self._body()))
        except Malformed as error:
            self.close_connection = True
            self._refuse(400, str(error))
        except (OSError, http.client.HTTPException) as error:
            self.log_error("the emulator did not answer: %s", error)
            self._refuse(503, "Service Unavailable")

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _forward  # noqa: N815

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the base class refuses; no route has a method that this class does not know."""
        self.close_connection = True
        status = HTTPStatus.NOT_FOUND if code == HTTPStatus.NOT_IMPLEMENTED else HTTPStatus(code)
        self._refuse(status, status.phrase)

    def _body(self) -> bytes:
        encoding = self.headers.get("Transfer-Encoding")
        if encoding is None:
            return self._read(self.headers.get("Content-Length", "0"), "Content-Length")
        if encoding.lower() != "chunked":
            raise Malformed("Transfer-Encoding must be chunked.")
        chunks = []
        while chunk := self._read(
            self.rfile.readline().split(b";")[0].strip().decode("latin-1"), "A chunk", 16
        ):
            chunks.append(chunk)
            if self.rfile.readline().strip():
                raise Malformed("A chunk is longer than it says.")
        while self.rfile.readline().strip():
            pass  # trailers
        return b"".join(chunks)

    def _read(self, said: str, what: str, base: int = 10) -> bytes:
        """As many bytes as `what` says."""
        if not re.fullmatch("[0-9]{1,9}" if base == 10 else "[0-9A-Fa-f]{1,7}", said):
            raise Malformed(f"{what} must say a number of bytes.")
        found = self.rfile.read(int(said, base))
        if len(found) < int(said, base):
            raise Malformed("The body ended early.")
        return found

    def _refuse(self, status: int, message: str) -> None:
        self._answer(status, [], json.dumps({"message": message}).encode())

    def _ask(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        """Send the request on, path and query untouched, and return status, headers and body."""
        if not PATH.fullmatch(self.path):
            raise Malformed("The path has a character that must be escaped.")
        connection = http.client.HTTPConnection(self.server.upstream, timeout=REPLY_SECONDS)
        try:
            connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            connection.putheader("Host", self.server.api_host)
            for name, value in self.headers.items():
                if name.lower() not in HOP_BY_HOP | {"host", "content-length"}:
                    connection.putheader(name, value)
            if body or "Content-Length" in self.headers:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body or None)
            reply = connection.getresponse()
            return reply.status, reply.getheaders(), reply.read()
        finally:
            connection.close()

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers or [("Content-Type", "application/json")]:
            if name.lower() not in HOP_BY_HOP | {"content-length"}:
                self.send_header(name, value)
        told = {name.lower(): value for name, value in headers}.get("content-length", "0")
        self.send_header("Content-Length", told if self.command == "HEAD" else str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class names it so)
        """Silent: the functions write their own log."""


@contextmanager
def gateway(port: int, endpoint: str, api_id: str, console: Console | None = None) -> Iterator[str]:
    """Serve the API at the root of `port`, and the console beside it; yields the URL."""
    server = Gateway(port, endpoint, api_id, console)
    thread = threading.Thread(target=server.serve_forever, name="gateway", daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
