"""What lies at an address is fetched from where that was checked to be, whole, and no more than is taken."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from assetversions.domain.errors import Unprocessable
from assetversions.domain.ports.imports import Fetched
from assetversions.storage import imports
from assetversions.storage.imports import Imports
from assetversions.storage.outside import Outside

from tests.unit.storage.test_receivers import Names

HTML = {"Content-Type": "text/html; charset=utf-8"}


class There(BaseHTTPRequestHandler):
    status, body, headers_sent = 200, b"<p>", HTML
    seen: list[dict[str, str]]

    def do_GET(self) -> None:
        self.seen.append({name.lower(): value for name, value in self.headers.items()})
        self.send_response(self.status)
        for name, value in ({"Content-Length": str(len(self.body))} | self.headers_sent).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def there() -> Iterator[tuple[type[There], str]]:
    kind = type("Here", (There,), {"seen": []})
    with HTTPServer(("127.0.0.1", 0), kind) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield kind, f"http://127.0.0.1:{server.server_port}/a?b=c"
        server.shutdown()


def fetch(url: str, **how: Any) -> Fetched:
    return Imports(Outside(**{"loopback": True} | how)).fetch(url)


def why(url: str, **how: Any) -> str:
    with pytest.raises(Unprocessable) as caught:
        fetch(url, **how)
    ((field, text),) = caught.value.problems.items()
    assert field == "content.content"
    return text


def test_what_lies_there_comes_with_its_type_and_nothing_of_who_asks_goes_along(there: Any) -> None:
    kind, url = there
    assert fetch(url) == Fetched(b"<p>", "text/html")
    (seen,) = kind.seen
    assert set(seen) == {"host", "accept", "accept-encoding", "user-agent"}


@pytest.mark.parametrize("status", [204, 301, 302, 307, 401, 404, 500])
def test_any_other_answer_is_none_and_redirects_are_not_followed(there: Any, status: int) -> None:
    kind, url = there
    kind.status, kind.headers_sent = status, HTML | {"Location": "http://127.0.0.1/inside"}
    assert f"answered with {status}" in why(url)
    assert len(kind.seen) == 1


def test_more_than_is_taken_and_less_than_was_promised_is_refused(
    there: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, url = there
    monkeypatch.setattr(imports, "MAX_BYTES", 3)
    assert fetch(url).data == b"<p>"
    kind.body = b"<pre"
    assert "more than 3 bytes" in why(url)
    kind.body, kind.headers_sent = b"<p", HTML | {"Content-Length": "3"}
    assert "nothing whole" in why(url)


def test_a_packed_answer_is_refused(there: Any) -> None:
    kind, url = there
    kind.headers_sent = HTML | {"Content-Encoding": "gzip"}
    assert "packed" in why(url)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "1.1.1.1 127.0.0.1"])
def test_a_name_that_leads_inside_is_refused_and_not_told_where(address: str) -> None:
    text = why("https://inside.example/", loopback=False, resolve=Names(address))
    assert text == "can't be imported: the host is at no public address."


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "https://user:secret@example.com/",
        "https://169.254.169.254/latest/meta-data/",
        "https://example.com/#part",
        "https://exa mple.com/",
    ],
)
def test_an_address_with_a_user_or_without_encryption_or_inside_is_refused(url: str) -> None:
    assert why(url, loopback=False).startswith("can't be imported: ")


def test_a_certificate_of_another_name_is_refused(there: Any) -> None:
    """This server has none at all."""
    _, url = there
    text = why(url.replace("http://127.0.0.1", "https://named.example"), resolve=Names("127.0.0.1"))
    assert "certificate" in text or "nothing whole" in text


def test_nothing_that_answers_says_so_without_a_word_of_the_inside() -> None:
    assert why("http://127.0.0.1:1/") == "can't be imported: nothing whole came of it within 10 s."


def test_it_is_off_without_a_way_outside() -> None:
    assert (Imports(None).allowed, Imports(Outside()).allowed) == (False, True)
