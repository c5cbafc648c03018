"""Uploads that go through the journal step by step, so that others can come between."""

from functools import partial
from typing import Any

from assetversions.domain.journal import ChangeKind, PathState
from assetversions.domain.model import AssetRef
from assetversions.domain.uploads import Upload, UploadState
from assetversions.engine import journal
from assetversions.engine.lookup import newest_versions
from msgspec.structs import replace

from tests.support.files import Upload as InParts
from tests.support.services import GivenServices
from tests.support.world import REF, Untouched, World


class UploadWorld(World):
    """A world that knows its uploads, and can take one back that broke off."""

    def __init__(self) -> None:
        super().__init__()
        self.ours: dict[str, OurUpload] = {}

    def services(self, user: str = "ann") -> GivenServices:
        services = super().services(user)
        made = Untouched("transfers", made=self._made, stood=self._stood, abort=lambda *_: None)
        return replace(services, uploads=Untouched("uploads", get=self._get, end=self._end), transfers=made)

    def _get(self, _ref: AssetRef, upload_id: str) -> Upload | None:
        if upload_id not in self.ours:
            return None
        state = UploadState.COMPLETED if self.ours[upload_id].ended else UploadState.OPEN
        return Upload(upload_id, REF, "sub-of-ann", self.clock.now(), (), state)

    def _made(self, upload: Upload, path: str) -> str | None:
        return self.ours[upload.upload_id].made.get(path)

    def _end(self, upload: Upload, *_facts: Any) -> None:
        self.ours[upload.upload_id].ended = True


class OurUpload:
    """An upload that goes through the journal, step by step."""

    ended = False

    def __init__(self, world: UploadWorld, *paths: str) -> None:
        self.world = world
        self.id = f"upload {len(world.ours)}"
        world.ours[self.id] = self
        self.parts: dict[str, InParts] = {path: world.files.begin(REF, path) for path in paths}
        self.made: dict[str, str] = {}
        self.states: list[PathState] = []

    def open(self) -> "OurUpload":
        services = self.world.services()
        paths = list(self.parts)
        head = self.world.head()
        look = partial(newest_versions, services, head, paths)
        begun = journal.begin(services, head, ChangeKind.UPLOAD, self.id, paths, look)
        self.change, self.states = begun
        return self

    def show(self, path: str, body: bytes = b"new") -> "OurUpload":
        self.made[path] = version = self.world.files.complete(self.parts[path], body)
        self.world.made[version] = self.id
        return self

    def close(self) -> None:
        services = self.world.services()
        done: list[PathState] = []
        for state in self.states:
            entry = services.files.find(REF, state.path)
            ours, there = self.made[state.path], "" if entry is None else entry.version_id
            done.append(state._replace(after=ours, newest=None if there == ours else there))
        journal.end(services, self.world.head(), self.change, done)
        self.ended = True

    def complete(self, body: bytes = b"new") -> None:
        self.open()
        for path in self.parts:
            self.show(path, body)
        self.close()
