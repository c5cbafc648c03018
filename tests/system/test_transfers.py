"""Folders to and fro over the running system: byte for byte, cut off and taken up, two at once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from assetversions_client import AssetRef, Client, Http, batching, hashes

from local.system import System
from tests.client.folders import HARD, held, write

MANY = HARD | {f"many/{n:03}.txt": f"{n}".encode() * 50 for n in range(300)}
LARGE = {"large.bin": bytes(range(256)) * (11 * 4096)}


class Cut(Exception):
    """The line is cut."""


class Line(httpx.BaseTransport):
    """A way to the system that counts the bytes sent to storage, and may be cut after so many parts."""

    def __init__(self) -> None:
        self._line = httpx.HTTPTransport()
        self.sent = self.parts = 0
        self.most_parts: int | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "PUT":
            if self.parts == self.most_parts:
                raise Cut
            self.parts += 1
            self.sent += int(request.headers["Content-Length"])
        return self._line.handle_request(request)


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def client(system: System, line: Line) -> Client:
    token = system.token("editor")

    def given(*, fresh: bool = False) -> str:
        return token

    return Client(
        system.api_url, lambda *, fresh=False: token, Http(system.api_url, lambda *, fresh=False: token, line)
    )


@pytest.fixture
def ref(client: Client) -> AssetRef:
    made = AssetRef("transfers", uuid4().hex[:12])
    if made.database not in {one.database_id for one in client.databases.all()}:
        client.databases.create(made.database, "Folders to and fro")
    client.assets.create(made, "A folder", "to and fro")
    return made


def test_three_hundred_files_and_hard_names_go_up_and_come_back(
    client: Client, line: Line, ref: AssetRef, tmp_path: Path
) -> None:
    mine = write(tmp_path / "mine", MANY)
    assert client.push(mine, ref).version == 1
    sent = line.sent
    assert sent == sum(map(len, MANY.values()))
    pulled = client.pull(ref, tmp_path / "theirs")
    assert held(tmp_path / "theirs") == MANY
    assert pulled.unproved == []
    write(mine, {"many/007.txt": b"changed"}, at=1_700_000_001)
    assert client.push(mine, ref).version == 2
    assert line.sent - sent == len(b"changed")
    assert client.pull(ref, tmp_path / "theirs").fetched == ["many/007.txt"]


def test_what_was_cut_off_goes_on_and_sends_nothing_twice(
    client: Client, line: Line, ref: AssetRef, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batching, "PART_BYTES", 5 * hashes.MIB)
    mine = write(tmp_path / "mine", LARGE | {"small.txt": b"small"})
    line.most_parts = 2
    with pytest.raises(Cut):
        client.push(mine, ref)
    assert list(client.files.all(ref)) == []
    line.most_parts = None
    client.push(mine, ref)
    assert line.sent == sum(map(len, LARGE.values())) + len(b"small")
    client.pull(ref, tmp_path / "theirs")
    assert held(tmp_path / "theirs") == LARGE | {"small.txt": b"small"}


def test_two_pushes_at_once_lose_nothing(client: Client, ref: AssetRef, tmp_path: Path) -> None:
    """Files of one name are those of one of them; what only one has is there."""
    folders = [
        write(tmp_path / who, {f"{who}.txt": who.encode(), "both.txt": f"of {who}".encode()})
        for who in ("ann", "bob")
    ]
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda folder: client.push(folder, ref), folders))
    assert sorted(one.version or 0 for one in done) == [1, 2]
    client.pull(ref, tmp_path / "theirs")
    found = held(tmp_path / "theirs")
    assert (found["ann.txt"], found["bob.txt"]) == (b"ann", b"bob")
    assert found["both.txt"] in {b"of ann", b"of bob"}
