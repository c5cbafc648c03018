"""A folder that is pushed again and again while others change its asset."""

import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from assetversions_client import AssetRef, Client, errors, hashes
from assetversions_client.files import Files
from assetversions_client.folders import Folder
from assetversions_client.lifecycle import Wanted
from assetversions_client.plan import Plan, compare
from assetversions_client.standing import look

from tests.client.folders import held, write
from tests.support.client_world import World

NAMES = ["a.txt", "b.txt", "deep/c.txt", "deep/d e.txt", "new.txt", "other.txt"]
BYTES = [b"one", b"two", b"six", b"three"]


class Play:
    """A folder, a colleague's folder and a stranger in the bucket, of whom S3 has not told yet."""

    def __init__(self, world: World, client: Client, ref: AssetRef, root: Path, seed: int) -> None:
        self.world = world
        self.client = client
        self.ref = ref
        self.chance = random.Random(seed)
        self.mine = write(root / "mine", dict.fromkeys(NAMES[:4], BYTES[0]))
        self.theirs = root / "theirs"
        self.theirs.mkdir()

    def go_on(self) -> None:
        acts: list[Callable[[], object]] = [
            self.edit,
            self.edit,
            self.stranger_puts,
            self.stranger_deletes,
            self.archive,
            self.move,
            self.colleague,
            self.revert,
            self.activate,
            self.pull,
            self.without_version,
            self.forget,
        ]
        self.chance.choice(acts)()

    def edit(self) -> None:
        name = self.chance.choice(NAMES)
        if self.chance.random() < 0.2:
            (self.mine / name).unlink(missing_ok=True)
        else:
            write(self.mine, {name: self.chance.choice(BYTES)}, at=self.chance.randrange(1_600_000_000))

    def stranger_puts(self) -> None:
        key = f"{self.ref.database}/{self.ref.asset}/{self.chance.choice(NAMES)}"
        self.world.account.s3.put_object(Bucket="assets", Key=key, Body=self.chance.choice(BYTES))

    def stranger_deletes(self) -> None:
        key = f"{self.ref.database}/{self.ref.asset}/{self.chance.choice(NAMES)}"
        self.world.account.s3.delete_object(Bucket="assets", Key=key)

    def archive(self) -> None:
        self.client.files.archive(self.ref, self.chance.choice(NAMES))

    def move(self) -> None:
        new = f"moved-{self.chance.randrange(1 << 30)}.txt"
        body = {"sourcePath": self.chance.choice(NAMES), "destinationPath": new}
        with suppress(errors.ClientError):
            self.client.http.send("POST", f"{self.ref.path}/moveFile", {}, body)

    def colleague(self) -> None:
        write(self.theirs, {self.chance.choice(NAMES): self.chance.choice(BYTES)}, at=1_650_000_000)
        self.client.push(self.theirs, self.ref, delete=self.chance.random() < 0.3)

    def revert(self) -> None:
        if found := list(self.client.versions.all(self.ref)):
            self.client.lifecycle(self.ref).revert(self.chance.choice(found).number, Wanted())

    def activate(self) -> None:
        if found := list(self.client.versions.all(self.ref)):
            self.client.lifecycle(self.ref).activate(self.chance.choice(found).number)

    def pull(self) -> None:
        if found := list(self.client.versions.all(self.ref)):
            self.client.pull(self.ref, self.mine, version=self.chance.choice(found).number)

    def without_version(self) -> None:
        self.client.push(self.mine, self.ref, version=False)

    def forget(self) -> None:
        (self.mine / ".avs/memory.sqlite").unlink(missing_ok=True)

    def plans(self) -> tuple[Plan | None, Plan]:
        """By what is remembered, where it is, and by a list of all."""
        folder = Folder(self.mine)
        local = folder.scan().files
        now = look(self.client.http, folder.memory, self.ref)
        listed = Files(self.client.http).stored(self.ref, local)
        by_memory = None if now is None else compare(folder, local, now.files)
        return by_memory, compare(folder, local, listed)

    def push(self) -> None:
        done = self.client.push(self.mine, self.ref)
        number = done.version or done.holder
        if number is None:
            return
        found = self.client.versions.all_files(self.ref, str(number)).files
        there = {file.relative_key: file.etag for file in found}
        mine = {name: hashes.whole([data]) for name, data in held(self.mine).items()}
        assert {name: there.get(name) for name in mine} == mine
