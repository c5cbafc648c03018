"""A folder goes up: what differs is sent, once, and one version is made of it."""

from pathlib import Path

import httpx
import pytest
from assetversions_client import Client, batching, errors, hashes

from tests.client.conftest import REF
from tests.client.folders import HARD, held, write
from tests.support.client_world import World


def test_what_was_pushed_comes_back_byte_for_byte(client: Client, folder: Path, tmp_path: Path) -> None:
    done = client.push(folder, REF, comment="As designed", aliases=["first"])
    assert done.version == 1
    assert {file.path for file in done.plan.added} == set(HARD)
    pulled = client.pull(REF, tmp_path / "theirs")
    assert held(tmp_path / "theirs") == HARD
    assert (pulled.version, pulled.unproved, pulled.unheld) == (1, [], {})
    found = client.versions.get(REF, "first")
    assert (found.number, found.comment) == ("1", "As designed")


def test_only_what_differs_is_sent(client: Client, world: World, folder: Path) -> None:
    client.push(folder, REF)
    before = world.sent_bytes
    write(folder, {"lamp.glb": b"other", "new.txt": b"new"})
    done = client.push(folder, REF)
    assert ([file.path for file in done.plan.added], [file.path for file in done.plan.changed]) == (
        ["new.txt"],
        ["lamp.glb"],
    )
    assert (done.version, world.sent_bytes - before) == (2, len(b"othernew"))


def test_a_change_that_keeps_the_size_is_seen(client: Client, folder: Path) -> None:
    client.push(folder, REF)
    write(folder, {"lamp.glb": b"GLASS" * 1000}, at=1_700_000_001)
    assert [file.path for file in client.push(folder, REF).plan.changed] == ["lamp.glb"]


def test_where_nothing_changed_no_version_is_made(client: Client, folder: Path) -> None:
    client.push(folder, REF)
    done = client.push(folder, REF)
    assert (done.version, done.holder, done.plan.empty) == (None, 1, True)
    assert client.assets.get(REF).current == 1


def test_what_is_not_here_goes_only_if_asked(client: Client, folder: Path) -> None:
    client.push(folder, REF)
    (folder / "lamp.glb").unlink()
    assert client.push(folder, REF).deleted == []
    done = client.push(folder, REF, delete=True)
    assert done.deleted == ["lamp.glb"]
    assert "lamp.glb" not in {file.relative_key for file in client.files.all(REF)}
    assert client.versions.all_files(REF, "current").number == done.version


def test_a_dry_run_changes_nothing(client: Client, world: World, folder: Path) -> None:
    done = client.push(folder, REF, dry_run=True)
    assert len(done.plan.added) == len(HARD)
    assert (world.sent_bytes, list(client.files.all(REF)), client.assets.get(REF).current) == (0, [], 0)


def test_a_push_without_a_version_leaves_its_files_to_the_next_one(client: Client, folder: Path) -> None:
    assert client.push(folder, REF, version=False).version is None
    assert client.push(folder, REF).version == 1


def test_a_push_that_broke_off_is_taken_up(
    client: Client, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What had arrived is not sent again."""
    monkeypatch.setattr(batching, "PART_BYTES", 5 * hashes.MIB)
    big = {"big.bin": bytes(range(256)) * (12 * 4096)}
    folder = write(tmp_path / "mine", big)
    parts = iter([None, None])

    def broken(request: httpx.Request) -> httpx.Response | None:
        if request.url.path == "/upload_part" and next(parts, 1):
            raise KeyboardInterrupt
        return None

    world.fault = broken
    with pytest.raises(KeyboardInterrupt):
        client.push(folder, REF)
    sent = world.sent_bytes
    assert 0 < sent < len(big["big.bin"])
    world.fault = lambda _: None
    done = client.push(folder, REF)
    assert world.sent_bytes == done.sent_bytes == len(big["big.bin"])
    assert [file.path for file in done.plan.added] == ["big.bin"]
    client.pull(REF, tmp_path / "theirs")
    assert held(tmp_path / "theirs") == big


def test_a_link_that_has_expired_is_renewed(client: Client, world: World, folder: Path) -> None:
    expired = iter([httpx.Response(403, text="<Message>Request has expired</Message>")])
    world.fault = lambda request: next(expired, None) if request.url.path == "/put_object" else None
    assert client.push(folder, REF).version == 1
    assert any(asked.endswith("/links") for asked in world.asked)


def test_a_busy_service_is_asked_again(client: Client, world: World, folder: Path) -> None:
    busy = iter([httpx.Response(503, headers={"Retry-After": "1"}), httpx.Response(429)])
    world.fault = lambda request: next(busy, None) if request.method == "POST" else None
    assert client.push(folder, REF).version == 1


def test_without_a_network_one_line_says_so(client: Client, world: World, folder: Path) -> None:
    def unplugged(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("Connection refused")

    world.fault = unplugged
    with pytest.raises(errors.NoNetwork, match=r"https://api can't be reached \(Connection refused\)"):
        client.push(folder, REF)


def test_what_is_no_file_is_told_before_anything_is_sent(client: Client, world: World, folder: Path) -> None:
    (folder / "away").symlink_to("nowhere")
    with pytest.raises(errors.Refused, match="'away' is a link"):
        client.push(folder, REF)
    assert world.sent_bytes == 0


def test_a_picture_of_a_file_is_sent_behind_it_and_not_again(
    client: Client, world: World, tmp_path: Path
) -> None:
    folder = write(tmp_path, {"a.glb": b"model", "a.glb.previewFile.png": b"picture"})
    client.push(folder, REF)
    sent = world.sent_bytes
    assert client.push(folder, REF, delete=True).plan.empty
    assert world.sent_bytes == sent
