"""The next push asks for what has changed since the version it knows, and plans what a list of all would."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from assetversions_client import Client, standing
from assetversions_client.plan import Plan
from assetversions_client.progress import Quiet
from assetversions_client.versions import VersionFile
from assetversions_client.wire import Body

from tests.client.conftest import REF
from tests.client.folders import HARD, write
from tests.client.playing import Play
from tests.support.client_world import World
from tests.support.lambda_client import user


class Snapshot(Body, frozen=True):
    """How the files of a version were read."""

    snapshot: dict[str, str]
    files: tuple[VersionFile, ...]


ROUNDS = 6


def in_order(plan: Plan) -> tuple[object, ...]:
    parts = (plan.added, plan.changed, plan.same, plan.missing)
    return tuple(sorted(file.path for file in some) for some in parts)


@pytest.mark.parametrize("seed", range(12))
def test_a_plan_by_memory_is_that_of_a_list_of_all(
    client: Client, world: World, tmp_path: Path, seed: int
) -> None:
    play = Play(world, client, REF, tmp_path, seed)
    play.push()
    by_memory = 0
    for _ in range(ROUNDS):
        for _ in range(play.chance.randint(0, 3)):
            play.go_on()
        remembered, listed = play.plans()
        if remembered is not None:
            by_memory += 1
            assert in_order(remembered) == in_order(listed)
        play.push()
    assert by_memory > 0


def test_what_a_stranger_did_before_s3_tells_of_it_is_in_the_plan_and_the_version(
    client: Client, world: World, folder: Path
) -> None:
    client.push(folder, REF)
    world.account.s3.put_object(Bucket="assets", Key="workshop/lamp/lamp.glb", Body=b"theirs")
    world.account.s3.put_object(Bucket="assets", Key="workshop/lamp/stranger.txt", Body=b"theirs")
    write(folder, {"empty": b"no more"})
    done = client.push(folder, REF)
    assert [file.path for file in done.plan.changed] == ["empty", "lamp.glb"]
    assert [file.path for file in done.plan.missing] == ["stranger.txt"]
    found = {file.relative_key for file in client.versions.all_files(REF, str(done.version)).files}
    assert "stranger.txt" in found


def test_a_next_push_is_five_requests_whatever_the_number_of_files(
    client: Client, world: World, tmp_path: Path
) -> None:
    """What has changed; begin, send, complete; the version. What the last one made is asked for beside."""
    folder = write(tmp_path / "mine", {f"{number}.txt": b"text" for number in range(300)})
    client.push(folder, REF)
    for number in (1, 2):
        write(folder, {f"{file}.txt": b"%d" % number for file in range(10)}, at=1_600_000_000 + number)
        world.asked.clear()
        assert len(client.push(folder, REF).plan.changed) == 10
        kinds = sorted(asked.split("/")[-1] if "compare" not in asked else "compare" for asked in world.asked)
        compares = kinds.count("compare")
        assert [kind for kind in kinds if kind != "compare"] == [
            "complete",
            "createVersion",
            "put_object",
            "uploads",
        ]
        assert compares == number
    assert client.versions.get(REF, "3").file_count == 300


class Meanwhile(Quiet):
    """Somebody else commits once the files of a push are sent."""

    def __init__(self, act: Callable[[], object]) -> None:
        self._act = act

    def done(self, files: int) -> None:
        self._act()


def test_a_version_is_made_by_what_is_noted_unless_somebody_has_committed_since(
    client: Client, world: World, folder: Path
) -> None:
    client.push(folder, REF)
    write(folder, {"empty": b"no more"})
    made = client.http.get(f"{REF.path}/getVersion/{client.push(folder, REF).version}", Snapshot)
    assert made.snapshot["by"] == "journal"

    def stranger() -> None:
        client.versions.create(REF)
        world.account.s3.put_object(Bucket="assets", Key="workshop/lamp/stranger.txt", Body=b"theirs")

    write(folder, {"empty": b"again"}, at=1_600_000_000)
    done = client.push(folder, REF, progress=Meanwhile(stranger))
    made = client.http.get(f"{REF.path}/getVersion/{done.version}", Snapshot)
    assert (done.version, made.snapshot["by"]) == (4, "list")
    assert "stranger.txt" in {file.relative_key for file in made.files}


@pytest.mark.parametrize(
    "how",
    [
        "update held set files = substr(files, 2)",
        "update held set files = cast(replace(files, 'a', 'b') as blob)",
        "update held set place = 'https://elsewhere workshop/lamp'",
        "update held set made = 'v-aaaaaaaaaaaaaaaaaaaaaaaaaa'",
        "update held set version = 'v-aaaaaaaaaaaaaaaaaaaaaaaaaa'",
    ],
)
def test_a_memory_that_is_damaged_or_of_something_else_is_done_without(
    client: Client, world: World, folder: Path, how: str
) -> None:
    client.push(folder, REF)
    with sqlite3.connect(folder / ".avs/memory.sqlite") as base:
        base.execute(how)
    base.close()
    write(folder, {"empty": b"no more"})
    world.asked.clear()
    done = client.push(folder, REF)
    assert ([file.path for file in done.plan.changed], done.version) == (["empty"], 2)
    assert any("listFiles" in asked for asked in world.asked)


def test_an_asset_that_was_made_anew_is_not_taken_for_the_old_one(
    client: Client, world: World, folder: Path
) -> None:
    client.push(folder, REF)
    world.who = user("admin", "admin")
    client.http.send("DELETE", f"{REF.path}/deleteAsset", {}, {"confirmPermanentDelete": True})
    client.assets.create(REF, "Lamp", "Another lamp")
    done = client.push(folder, REF)
    assert ({file.path for file in done.plan.added}, done.version) == (set(HARD), 1)


def test_more_changes_than_a_page_has_are_listed(
    client: Client, world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.push(folder, REF)
    monkeypatch.setattr(standing, "changes", lambda *_: None)
    write(folder, {"empty": b"no more"})
    assert [file.path for file in client.push(folder, REF).plan.changed] == ["empty"]


def test_nothing_goes_ahead_of_a_push_that_has_nothing_to_send(
    client: Client, world: World, tmp_path: Path
) -> None:
    """What was pushed as soon as it was written may be written again within the same instant: it is read."""
    folder = write(tmp_path / "mine", {"a.txt": b"one"}, at=time.time())
    client.push(folder, REF)
    write(folder, {"a.txt": b"two"}, at=time.time())
    client.push(folder, REF)
    world.asked.clear()
    assert client.push(folder, REF).plan.empty
    assert [asked for asked in world.asked if "uploads" in asked] == []


def test_what_went_ahead_and_is_there_already_is_given_up(
    client: Client, world: World, tmp_path: Path
) -> None:
    folder = write(tmp_path / "mine", {"a.txt": b"one", "b.txt": b"one"})
    client.push(folder, REF)
    world.account.s3.put_object(Bucket="assets", Key="workshop/lamp/a.txt", Body=b"two")
    write(folder, {"a.txt": b"two", "b.txt": b"two"}, at=1_600_000_000)
    done = client.push(folder, REF)
    assert [file.path for file in done.plan.changed] == ["b.txt"]
    found = world.account.s3.list_object_versions(Bucket="assets", Prefix="workshop/lamp/a.txt")
    assert len(found["Versions"]) == 2


def test_of_very_many_files_nothing_is_remembered(
    client: Client, world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No single request could tell what differs."""
    monkeypatch.setattr(standing, "MOST", len(HARD) - 1)
    client.push(folder, REF)
    world.asked.clear()
    assert client.push(folder, REF).plan.empty
    assert not any("compareVersions" in asked for asked in world.asked)
