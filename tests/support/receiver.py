"""A receiver of webhooks on this machine: it answers as it is told, and remembers what it was sent."""

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from standardwebhooks.webhooks import Webhook

from tests.support.described import check_call


class Receiver:
    """`answers` come first, one a request; 204 after them. `came` is when each event did first, by its id.

    With a `secret` each is verified when it comes: later its time stamp is too old.
    """

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/hook"
        self.answers: deque[int] = deque()
        self.seen: list[tuple[dict[str, str], str]] = []
        self.came: dict[str, float] = {}
        self.secret: str | None = None
        self.headers: dict[str, str] = {}

    def events(self, secret: str) -> list[Any]:
        """Every body that it was sent, verified by the public library, and as documented."""
        found = [Webhook(secret).verify(body, headers) for headers, body in self.seen]
        for event in found:
            check_call(event)
        return found

    def take(self, headers: dict[str, str], body: str) -> int:
        if self.secret:
            Webhook(self.secret).verify(body, headers)
        self.came.setdefault(headers.get("webhook-id", ""), time.time())
        self.seen.append((headers, body))
        return self.answers.popleft() if self.answers else 204


@contextmanager
def receiver() -> Iterator[Receiver]:
    """Listens on a free port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status = made.take({name.lower(): value for name, value in self.headers.items()}, body)
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", made.url)
            for name, value in made.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Receiver(server.server_address[1])
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
