"""What others have in hand, a server, a link, a folder they packed, does no harm here."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from assetversions_client import AssetRef, Client, errors, hashes, locks, names
from assetversions_client.http import Http
from avs.problems import Exit
from avs.session import Session

from tests.client.command_line import avs
from tests.client.conftest import REF
from tests.client.folders import held, write
from tests.support.client_world import World, given

LAMP = "workshop/lamp"
FILES = {"a.txt": b"one", "in/b.txt": b"two"}


@pytest.fixture
def pushed(client: Client, tmp_path: Path) -> Path:
    folder = write(tmp_path / "mine", FILES)
    client.push(folder, REF)
    return folder


# requests


@pytest.mark.parametrize("name", ["..", ".", ""])
def test_no_name_leads_a_request_to_another_address(client: Client, world: World, name: str) -> None:
    asked = len(world.asked)
    with pytest.raises(errors.Refused, match="names nothing"):
        client.lifecycle(REF).delete(name)
    with pytest.raises(errors.Refused, match="names nothing"):
        client.assets.get(AssetRef(name, "lamp"))
    assert len(world.asked) == asked


@pytest.mark.parametrize("token", ["avt_secret\r", "avt_secret\n", "two secrets", "s\u00e9cret", ""])
def test_a_token_that_no_header_holds_is_not_sent_and_not_shown(world: World, token: str) -> None:
    http = Http("https://api", lambda *, fresh=False: token, world, pause=lambda _: None)
    with pytest.raises(errors.NotSignedIn) as found:
        Client("https://api", http._token, http).assets.get(REF)
    assert "cret" not in str(found.value)
    assert world.asked == []


def test_no_redirect_takes_the_token_elsewhere(client: Client, world: World) -> None:
    asked: list[str] = []

    def away(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(307, headers={"Location": "https://elsewhere.example.com/"})

    world.fault = away
    with pytest.raises(errors.Refused, match="307"):
        client.assets.get(REF)
    assert asked == ["api"]


def test_links_that_are_never_taken_end_a_push(client: Client, world: World, tmp_path: Path) -> None:
    world.fault = lambda request: (
        httpx.Response(403, text="<Message>Request has expired</Message>")
        if request.url.path in ("/put_object", "/upload_part")
        else None
    )
    with pytest.raises(errors.Busy, match="not even fresh ones"):
        client.push(write(tmp_path / "mine", FILES), REF)


# what comes down


def test_bytes_without_an_end_fill_no_disk(
    client: Client, world: World, pushed: Path, tmp_path: Path
) -> None:
    sent = 0

    class Endless(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            nonlocal sent
            while True:
                sent += 1
                assert sent < 100
                yield b"x" * 2**20

    world.fault = lambda request: (
        httpx.Response(200, stream=Endless()) if request.url.path == "/get_object" else None
    )
    with pytest.raises(errors.ClientError):
        client.pull(REF, tmp_path / "theirs")
    assert held(tmp_path / "theirs") == {}


@pytest.mark.parametrize(
    "name", [".avs", ".avs/parts", ".avs/kept", ".avs/folder.json.new", ".avs/memory.sqlite-wal"]
)
def test_a_folder_that_others_packed_has_avs_write_nowhere_else(
    client: Client, pushed: Path, tmp_path: Path, name: str
) -> None:
    outside, theirs = tmp_path / "outside", tmp_path / "theirs"
    outside.mkdir()
    (theirs / name).parent.mkdir(parents=True)
    (theirs / name).symlink_to(outside)
    with pytest.raises(errors.LocalFault, match="is a link"):
        client.pull(REF, theirs)
    with pytest.raises(errors.LocalFault, match="is a link"):
        client.push(theirs, REF)
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("name", [".av\u017f/x", ".a\u200cvs/x", "AVS~1/memory.sqlite", ".AVS"])
def test_no_spelling_leads_into_the_folder_of_avs(name: str) -> None:
    assert names.outside(name)


def test_what_is_moved_aside_never_takes_the_place_of_what_was(
    client: Client, pushed: Path, tmp_path: Path
) -> None:
    """Also of two pulls in one second."""
    theirs = tmp_path / "theirs"
    kept = []
    for mine in (b"my work", b"my other work", b"my last work"):
        write(theirs, {"a.txt": mine})
        kept.append(theirs / client.pull(REF, theirs).kept["a.txt"])
    assert [place.read_bytes() for place in kept] == [b"my work", b"my other work", b"my last work"]


def test_a_link_to_itself_is_in_no_way_of_a_pull_and_named_by_a_push(client: Client, pushed: Path) -> None:
    (pushed / "loop").symlink_to("loop")
    assert client.pull(REF, pushed).same == 2
    with pytest.raises(errors.Refused, match="'loop' is a link"):
        client.push(pushed, REF)


def test_a_part_of_an_asset_hides_nothing_of_the_rest(client: Client, pushed: Path, tmp_path: Path) -> None:
    part = tmp_path / "part"
    client.pull(REF, part, path="in")
    with pytest.raises(errors.Refused, match="took only 'in'"):
        client.push(part, REF, delete=True)
    write(part, {"in/b.txt": b"changed"})
    client.push(part, REF)
    assert client.status(part).plan.empty
    client.pull(REF, part)
    assert set(held(part)) == set(FILES)
    assert client.push(part, REF, delete=True).deleted == []


@pytest.mark.parametrize(
    ("fails", "code"),
    [
        (httpx.ConnectError("no route"), Exit.UNREACHABLE),
        (httpx.Response(403, text="Request has expired"), Exit.UNREACHABLE),
        (httpx.Response(404, text="<Code>NoSuchKey</Code>"), Exit.UNEXPECTED),
    ],
    ids=["away", "expired", "gone"],
)
def test_a_file_that_storage_does_not_give_is_one_line(
    monkeypatch: pytest.MonkeyPatch,
    client: Client,
    world: World,
    pushed: Path,
    fails: httpx.Response | Exception,
    code: Exit,
) -> None:
    def fault(request: httpx.Request) -> httpx.Response | None:
        if request.url.path != "/get_object":
            return None
        if isinstance(fails, Exception):
            raise fails
        return fails

    monkeypatch.setattr(Session, "client", lambda _: client)
    world.fault = fault
    said = avs("cat", LAMP, "a.txt")
    assert (said.code, said.err.count("\n")) == (code, 1)


def test_of_two_pulls_into_a_folder_one_waits_for_another_call(
    client: Client, world: World, pushed: Path, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs"
    refused: list[bool] = []

    def meanwhile(request: httpx.Request) -> None:
        if request.url.path == "/get_object" and not refused:
            with pytest.raises(errors.Conflict, match="Another pull"), locks.alone(theirs / ".avs"):
                pass
            refused.append(True)

    world.fault = meanwhile
    client.pull(REF, theirs)
    assert (held(theirs), refused) == (FILES, [True])
    assert client.pull(REF, theirs).same == 2


@pytest.mark.parametrize("time", ["never", "", "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"])
def test_a_time_that_no_disk_holds_keeps_no_file_away(
    client: Client, world: World, pushed: Path, tmp_path: Path, time: str
) -> None:
    row = {"relativeKey": "a.txt", "versionId": "v", "size": 3, "etag": hashes.whole([b"one"])}
    files = {"assetVersionId": "1", "files": [row | {"lastModified": time}]}

    def fault(request: httpx.Request) -> httpx.Response | None:
        if "/getVersion/" in request.url.path:
            return httpx.Response(200, json=files)
        if request.url.path.endswith("/download"):
            return httpx.Response(200, json={"downloadUrl": "https://aws/get_object"})
        return given(b"one") if request.url.path == "/get_object" else None

    world.fault = fault
    client.pull(REF, tmp_path / "theirs")
    assert held(tmp_path / "theirs") == {"a.txt": b"one"}


@pytest.mark.parametrize("name", ["a\x1b[2J", "two\nlines", "C:a", "\\a"])
def test_a_name_that_the_service_does_not_take_is_told_before_anything_is_sent(
    client: Client, world: World, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "mine"
    place = folder / name
    place.parent.mkdir(parents=True)
    place.write_bytes(b"one")
    with pytest.raises(errors.Refused, match="can be no file of an asset"):
        client.push(folder, REF)
    assert not any(one.startswith("POST /uploads") for one in world.asked)
