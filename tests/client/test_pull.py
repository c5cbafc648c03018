"""A version comes down: whole files, proved, inside the folder, and nothing of one's own is lost."""

import shutil
import time
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from assetversions_client import Client, errors, names
from assetversions_client.http import Http

from tests.client.conftest import REF
from tests.client.folders import held, write
from tests.support.client_world import World, given

FILES = {"a.txt": b"one", "in/b.txt": b"two" * 1000, "in/c.txt": b"three"}


@pytest.fixture
def pushed(client: Client, tmp_path: Path) -> Path:
    folder = write(tmp_path / "mine", FILES)
    client.push(folder, REF)
    return folder


def test_only_what_differs_is_fetched(client: Client, world: World, pushed: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    client.pull(REF, theirs)
    write(pushed, {"a.txt": b"changed"}, at=1_700_000_001)
    client.push(pushed, REF)
    done = client.pull(REF, theirs)
    assert (done.fetched, done.same, done.kept, done.version) == (["a.txt"], 2, {}, 2)


def test_a_version_or_a_part_of_it_is_pulled(client: Client, pushed: Path, tmp_path: Path) -> None:
    write(pushed, {"a.txt": b"changed"}, at=1_700_000_001)
    client.push(pushed, REF)
    client.pull(REF, tmp_path / "first", version="1")
    assert held(tmp_path / "first") == FILES
    client.pull(REF, tmp_path / "part", path="in")
    assert set(held(tmp_path / "part")) == {"in/b.txt", "in/c.txt"}
    with pytest.raises(errors.NotFound, match="nothing at 'out'"):
        client.pull(REF, tmp_path / "none", path="out")


def test_a_file_of_mine_is_moved_aside_and_never_lost(client: Client, pushed: Path, tmp_path: Path) -> None:
    theirs = write(tmp_path / "theirs", {"a.txt": b"my own work", "mine.txt": b"mine, too"})
    done = client.pull(REF, theirs, delete=True)
    assert held(theirs) == FILES
    kept = {name: (theirs / place).read_bytes() for name, place in done.kept.items()}
    assert kept == {"a.txt": b"my own work", "mine.txt": b"mine, too"}


def test_what_was_pushed_a_moment_ago_is_known_to_be_stored(client: Client, tmp_path: Path) -> None:
    """Also where its time does not tell yet whether it has changed since."""
    mine = write(tmp_path / "mine", FILES, at=time.time())
    client.push(mine, REF)
    client.push(write(tmp_path / "theirs", dict.fromkeys(FILES, b"theirs")), REF)
    write(mine, {"in/c.txt": b"THREE"}, at=time.time())
    done = client.pull(REF, mine)
    assert [*done.kept] == ["in/c.txt"]
    assert held(mine) == dict.fromkeys(FILES, b"theirs")


def test_what_another_system_has_is_not_taken_for_stored_here(
    client: Client, world: World, pushed: Path, tmp_path: Path
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    client.pull(REF, here)
    client.pull(REF, there)
    client.push(write(tmp_path / "theirs", {"a.txt": b"theirs"}), REF)
    token = client.http._token
    other = Client("https://other", token, Http("https://other", token, world))
    assert client.pull(REF, here).kept == {}
    kept = other.pull(REF, there).kept
    assert (there / kept["a.txt"]).read_bytes() == b"one"


def _parts(folder: Path) -> int:
    return len([*(folder / ".avs/parts").iterdir()])


def test_parts_that_no_pull_goes_on_with_are_taken_away(
    client: Client, world: World, pushed: Path, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs"
    world.fault = lambda request: (
        given(b"two", 403) if request.url.path == "/get_object" and "b.txt" in str(request.url) else None
    )
    with pytest.raises(errors.ClientError):
        client.pull(REF, theirs)
    assert _parts(theirs) >= 1
    client.pull(REF, theirs, path="a.txt")
    assert _parts(theirs) >= 1
    world.fault = lambda _: None
    write(pushed, {"in/b.txt": b"another"}, at=1_700_000_001)
    client.push(pushed, REF)
    client.pull(REF, theirs)
    assert (held(theirs), _parts(theirs)) == (FILES | {"in/b.txt": b"another"}, 0)


def test_with_delete_nothing_else_stays(client: Client, pushed: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    client.pull(REF, theirs)
    (pushed / "in/b.txt").unlink()
    (pushed / "in/c.txt").unlink()
    client.push(pushed, REF, delete=True)
    done = client.pull(REF, theirs, delete=True)
    assert (held(theirs), sorted(done.deleted), done.kept) == (
        {"a.txt": b"one"},
        ["in/b.txt", "in/c.txt"],
        {},
    )
    assert not (theirs / "in").exists()


def test_a_pull_that_broke_off_goes_on_where_it_was(
    client: Client, world: World, pushed: Path, tmp_path: Path
) -> None:
    asked: list[str | None] = []

    def broken(request: httpx.Request) -> httpx.Response | None:
        if request.url.path != "/get_object" or "b.txt" not in str(request.url):
            return None
        asked.append(request.headers.get("Range"))
        return given((b"two" * 1000)[:500]) if len(asked) == 1 else None

    world.fault = broken
    client.pull(REF, tmp_path / "theirs")
    assert held(tmp_path / "theirs") == FILES
    assert asked == [None, "bytes=500-"]


def test_damaged_bytes_are_fetched_again_and_then_told(
    client: Client, world: World, pushed: Path, tmp_path: Path
) -> None:
    wrong = iter([given(b"ONE")])
    world.fault = lambda request: (
        next(wrong, None) if request.url.path == "/get_object" and "a.txt" in str(request.url) else None
    )
    client.pull(REF, tmp_path / "theirs")
    assert held(tmp_path / "theirs") == FILES
    world.fault = lambda request: (
        given(b"ONE") if request.url.path == "/get_object" and "a.txt" in str(request.url) else None
    )
    with pytest.raises(errors.Damaged, match=r"'a.txt' arrived twice"):
        client.pull(REF, tmp_path / "others")
    assert "a.txt" not in held(tmp_path / "others")


def test_nothing_is_written_through_a_link(client: Client, pushed: Path, tmp_path: Path) -> None:
    theirs, outside = tmp_path / "theirs", tmp_path / "outside"
    theirs.mkdir()
    outside.mkdir()
    (theirs / "in").symlink_to(outside)
    with pytest.raises(errors.LocalFault, match="is a link"):
        client.pull(REF, theirs)
    assert list(outside.iterdir()) == []


def test_where_there_is_no_room_nothing_begins(
    client: Client, pushed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10))
    with pytest.raises(errors.LocalFault, match="has 10 bytes free, and 3,008 are to come"):
        client.pull(REF, tmp_path / "theirs")
    assert held(tmp_path / "theirs") == {}


def test_what_cannot_be_shared_is_not_pulled(client: Client, pushed: Path, tmp_path: Path) -> None:
    body = {"isDistributable": False}
    client.http.send("PUT", f"{REF.path}", {}, body)
    with pytest.raises(errors.NotAllowed):
        client.pull(REF, tmp_path / "theirs")
    assert held(tmp_path / "theirs") == {}


def test_nothing_leads_out_of_the_folder(tmp_path: Path) -> None:
    bad = ["../x", "a/../../x", "/x", "a//x", ".avs/memory.sqlite", ".AVS/x", "a/."]
    found = names.unheld([*bad, "a/x"], tmp_path, folds=False, is_windows=False)
    assert set(found) == set(bad)


def test_names_that_this_disk_cannot_hold_are_told_and_the_rest_is_pulled(
    client: Client, world: World, tmp_path: Path
) -> None:
    long = "n" * 300
    world.account.s3.put_object(Bucket="assets", Key=f"workshop/lamp/{long}", Body=b"long")
    world.account.s3.put_object(Bucket="assets", Key="workshop/lamp/nul.txt", Body=b"device")
    client.versions.create(REF)
    done = client.pull(REF, tmp_path / "theirs")
    assert held(tmp_path / "theirs") == {"nul.txt": b"device"}
    assert set(done.unheld) == {long}
    assert set(done.odd) == {"nul.txt"}
    assert not done.whole


def test_where_case_does_not_count_one_of_two_is_told(tmp_path: Path) -> None:
    paths = ["a.txt", "A.txt", "b", "B/c"]
    found = names.unheld(paths, tmp_path, folds=True, is_windows=False)
    assert found == {
        "a.txt": "can't be beside 'A.txt' on this disk",
        "B/c": "can't be beside 'b' on this disk",
    }
    assert set(names.elsewhere(paths)) == {"a.txt", "B/c"}


def test_a_folder_of_another_asset_is_not_pulled_over(client: Client, pushed: Path) -> None:
    from assetversions_client import AssetRef

    with pytest.raises(errors.Refused, match="a folder of workshop/lamp"):
        client.pull(AssetRef("workshop", "chair"), pushed)


def test_a_pulled_folder_knows_its_asset(client: Client, pushed: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    client.pull(REF, theirs)
    assert client.status(theirs / "in").plan.empty
    write(theirs, {"a.txt": b"changed", "new.txt": b"new"})
    (theirs / "in/b.txt").unlink()
    client.push(pushed, REF, aliases=["again"])
    found = client.status(theirs)
    assert (found.about.version, found.current) == (1, 2)
    assert [file.path for file in found.plan.added] == ["new.txt"]
    assert [file.path for file in found.plan.changed] == ["a.txt"]
    assert [file.path for file in found.plan.missing] == ["in/b.txt"]
    with pytest.raises(errors.LocalFault, match="is in no folder of an asset"):
        client.status(tmp_path)
