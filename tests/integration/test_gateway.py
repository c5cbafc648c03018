"""The front door of `make run` refuses what is no request in JSON, and passes every other one on."""

import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from local.emulator import HOST, free_port
from local.gateway import gateway

SECONDS = 5
CHUNKS = b"4\r\nWiki\r\n6;note=x\r\npedia \r\n0\r\nTrailer: x\r\n\r\n"


class Echo(BaseHTTPRequestHandler):
    """Answers with the method and the body that came."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"] or 0)
        body = json.dumps({"method": self.command, "body": self.rfile.read(length).decode()}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Of a front door before an API that says what reached it."""
    api, port = ThreadingHTTPServer((HOST, 0), Echo), free_port()
    thread = Thread(target=api.serve_forever, daemon=True)
    thread.start()
    with gateway(port, f"http://{HOST}:{api.server_port}", "api"):
        yield port
    api.shutdown()
    api.server_close()
    thread.join()


def sent(port: int, head: bytes, body: bytes = b"") -> tuple[int, dict[str, str]]:
    """Status and JSON of the answer to these very bytes; the door closes the connection behind it."""
    with socket.create_connection((HOST, port), timeout=SECONDS) as client:
        client.sendall(head + b"\r\nHost: x\r\nConnection: close\r\n\r\n" + body)
        with client.makefile("rb") as reply:
            status = int(reply.readline().split()[1])
            found: dict[str, str] = json.loads(reply.read().partition(b"\r\n\r\n")[2])
    return status, found


@pytest.mark.parametrize("length", [b"zz", b"-1", b"1.5", b"+1", b"1_0", b"9" * 5_000, b""])
def test_a_length_that_is_no_number_is_refused(port: int, length: bytes):
    status, found = sent(port, b"POST / HTTP/1.1\r\nContent-Length: " + length)
    assert (status, found) == (400, {"message": "Content-Length must say a number of bytes."})


def test_a_body_in_chunks_is_passed_on_whole(port: int):
    status, found = sent(port, b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked", CHUNKS)
    assert (status, found) == (200, {"method": "POST", "body": "Wikipedia "})


@pytest.mark.parametrize(
    "chunks", [b"zz\r\n", b"f" * 30 + b"\r\n", b"-1\r\n", b"\r\n", b"4\r\nWikipedia\r\n0\r\n\r\n"]
)
def test_chunks_that_are_none_are_refused(port: int, chunks: bytes):
    assert sent(port, b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked", chunks)[0] == 400


def test_another_encoding_of_the_body_is_refused(port: int):
    status, found = sent(port, b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip")
    assert (status, found) == (400, {"message": "Transfer-Encoding must be chunked."})


@pytest.mark.parametrize("method", [b"TRACE", b"BREW", b"PROPFIND"])
def test_a_method_that_no_route_has_is_not_found(port: int, method: bytes):
    assert sent(port, method + b" / HTTP/1.1") == (404, {"message": "Not Found"})


@pytest.mark.parametrize("path", [b"/a\x00b", b"/a\x7fb", b"/a\xffb", b"/a b"])
def test_a_path_that_is_malformed_is_refused(port: int, path: bytes):
    assert sent(port, b"GET " + path + b" HTTP/1.1")[0] == 400


def test_a_request_without_a_body_is_passed_on(port: int):
    assert sent(port, b"GET / HTTP/1.1") == (200, {"method": "GET", "body": ""})
