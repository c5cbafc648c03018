"""A delivery goes to the address that was checked, or nowhere."""

import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address
from threading import Event, Thread

import pytest
from assetversions.domain.addresses import Address
from assetversions.storage.receivers import Receivers

from tests.support.receiver import Receiver, receiver

HEADERS = {"Content-Type": "application/json"}


@pytest.fixture
def here() -> Iterator[Receiver]:
    with receiver() as made:
        yield made


class Names:
    """A resolver; it gives one answer after the other, the last for ever."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.asked = list(answers), 0

    def __call__(self, _host: str, _port: int) -> list[Address]:
        self.asked += 1
        found = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [ip_address(one) for one in found.split()]


@pytest.mark.parametrize(
    "addresses", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00:ec2::254", "1.1.1.1 127.0.0.1"]
)
def test_a_name_that_leads_inside_is_refused_and_so_is_one_that_leads_there_as_well(addresses: str):
    answer = Receivers(resolve=Names(addresses)).post("https://inside.example/", b"{}", HEADERS)
    assert answer.status is None
    assert "which is not public" in str(answer.problem)


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost"])
def test_other_spellings_of_this_machine_are_refused(host: str):
    """The resolver of the machine reads them as this address."""
    answer = Receivers().post(f"https://{host}/", b"{}", HEADERS)
    assert answer.status is None
    assert str(answer.problem).startswith("Not sent")


def test_a_name_is_asked_for_once_and_what_it_says_next_is_not_heard(
    here: Receiver, monkeypatch: pytest.MonkeyPatch
):
    """Rebinding: a public address for the check, and one inside for the connection."""
    reached: list[tuple[str, int]] = []

    def connect(place: tuple[str, int], timeout: float) -> socket.socket:
        reached.append(place)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    names = Names("1.1.1.1", "127.0.0.1")
    answer = Receivers(resolve=names).post("https://rebinds.example/", b"{}", HEADERS)
    assert answer.status is None
    assert (names.asked, reached, here.seen) == (1, [("1.1.1.1", 443)], [])


def test_redirects_are_not_followed(here: Receiver):
    here.answers.extend([302, 200])
    answer = Receivers(loopback=True).post(here.url, b"{}", HEADERS)
    assert (answer.status, answer.taken, len(here.seen)) == (302, False, 1)


def test_the_certificate_must_be_that_of_the_name(here: Receiver):
    """This receiver has none at all."""
    names = Names("127.0.0.1")
    url = here.url.replace("http://127.0.0.1", "https://named.example")
    answer = Receivers(loopback=True, resolve=names).post(url, b"{}", HEADERS)
    assert (answer.status, here.seen) == (None, [])
    assert "SSL" in str(answer.problem)


def test_the_host_is_the_name_and_the_query_is_kept(here: Receiver):
    url = here.url.replace("127.0.0.1", "localhost") + "?a=1"
    assert Receivers(loopback=True, resolve=Names("127.0.0.1")).post(url, b"{}", HEADERS).status == 204
    ((headers, body),) = here.seen
    assert headers["host"].startswith("localhost:")
    assert body == "{}"


def test_an_answer_that_comes_in_drops_is_cut_off():
    over = Event()
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def drip() -> None:
            found, _ = listening.accept()
            with found:
                try:
                    for byte in b"HTTP/1.1 200 OK\r\n" + b"x" * 1_000:
                        found.sendall(bytes([byte]))
                        if over.wait(0.02):
                            return
                except OSError:
                    pass

        Thread(target=drip, daemon=True).start()
        begun = time.monotonic()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        answer = Receivers(loopback=True, seconds=0.4).post(url, b"{}", HEADERS)
    over.set()
    assert (answer.status, answer.problem) == (None, "No answer in 0 s.")
    assert time.monotonic() - begun < 5


def test_an_answer_that_never_ends_is_read_for_as_much_as_is_kept():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def pour() -> None:
            found, _ = listening.accept()
            with found, suppress(OSError):
                found.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                while True:
                    found.sendall(b"x" * 65_536)

        Thread(target=pour, daemon=True).start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        answer = Receivers(loopback=True, seconds=5).post(url, b"{}", HEADERS)
    assert (answer.status, answer.text) == (200, "x" * 1_024)
