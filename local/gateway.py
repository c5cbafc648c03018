"""The front door on one port: passes every request on to the API as it came, but for the Host header."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from local.emulator import HOST

# A function may take 29 seconds, and the first call of each starts a worker process.
REPLY_SECONDS = 120
# These speak of one connection, not of the request.
HOP_BY_HOP = {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"}


class Gateway(ThreadingHTTPServer):
    daemon_threads = True
    # Ten clients at once are a test of ours; the default backlog is five.
    request_queue_size = 128

    def __init__(self, port: int, endpoint: str, api_id: str) -> None:
        super().__init__((HOST, port), Door)
        self.upstream = urlsplit(endpoint).netloc
        self.api_host = f"{api_id}.execute-api.localhost"


class Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Gateway

    def _forward(self) -> None:
        if "Transfer-Encoding" in self.headers:
            self.close_connection = True
            self._answer(411, [], b'{"message":"Length Required"}')
            return
        length = int(self.headers.get("Content-Length") or 0)
        try:
            self._answer(*self._ask(self.rfile.read(length)))
        except (OSError, http.client.HTTPException) as error:
            self.log_error("the emulator did not answer: %s", error)
            self._answer(503, [], b'{"message":"Service Unavailable"}')

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _forward  # noqa: N815

    def _ask(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        """Send the request on, path and query untouched, and return status, headers and body."""
        connection = http.client.HTTPConnection(self.server.upstream, timeout=REPLY_SECONDS)
        try:
            connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            connection.putheader("Host", self.server.api_host)
            for name, value in self.headers.items():
                if name.lower() not in HOP_BY_HOP | {"host"}:
                    connection.putheader(name, value)
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
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class names it so)
        """Silent: the functions write their own log."""


@contextmanager
def gateway(port: int, endpoint: str, api_id: str) -> Iterator[str]:
    """Serve the API at the root of `port`; yields the URL."""
    server = Gateway(port, endpoint, api_id)
    thread = threading.Thread(target=server.serve_forever, name="gateway", daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
