"""A version as of an instant is the one that was made then, whatever uploads begin and end around it."""

from datetime import datetime

from assetversions.domain.commands.files import ArchiveFiles
from assetversions.domain.errors import AtWork, NotFound
from assetversions.operations.files.archive_files import archive_files
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.property.promises_model import Content
from tests.support import REF
from tests.support.files import Upload
from tests.support.uploads import OurUpload, UploadWorld

PATHS = st.sampled_from(["a", "d/b", "d/c"])
SECONDS = st.sampled_from([1, 1, 2, 61, 5 * 3600, 30 * 3600])


class Past(RuleBasedStateMachine):
    """`seen` is what a version of the end of each second held."""

    def __init__(self) -> None:
        super().__init__()
        self.world = UploadWorld()
        self.foreign: list[Upload] = []
        self.strangers: set[str] = set()
        self.seen: dict[datetime, Content] = {}
        self.bodies = 0

    def at_work(self, index: int) -> list[OurUpload]:
        """One of those that have not ended, if there are so many."""
        return [upload for upload in self.world.ours.values() if not upload.ended][index : index + 1]

    def body(self) -> bytes:
        """No two are the same."""
        self.bodies += 1
        return f"{self.bodies}".encode()

    @rule(seconds=SECONDS)
    def time_passes(self, seconds: int) -> None:
        self.seen[self.world.clock.now()] = self.world.content(self.world.create().version)
        self.world.clock.advance(seconds)

    @rule(path=PATHS, delete=st.booleans())
    def put_or_delete(self, path: str, delete: bool) -> None:
        self.world.files.put(REF, path, None if delete else self.body())

    @rule(paths=st.sets(PATHS, min_size=1))
    def start(self, paths: set[str]) -> None:
        OurUpload(self.world, *sorted(paths))

    @rule(index=st.integers(0, 3))
    def open(self, index: int) -> None:
        for upload in self.at_work(index):
            try:
                upload.open()
            except AtWork:
                return

    @rule(index=st.integers(0, 3), path=PATHS)
    def show(self, index: int, path: str) -> None:
        for upload in self.at_work(index):
            if upload.states and path in upload.parts and path not in upload.made:
                upload.show(path, self.body())

    @rule(index=st.integers(0, 3))
    def close(self, index: int) -> None:
        for upload in self.at_work(index):
            if upload.states and set(upload.made) == set(upload.parts):
                upload.close()

    @rule(path=PATHS)
    def begin_elsewhere(self, path: str) -> None:
        self.foreign.append(self.world.files.begin(REF, path))

    @rule(index=st.integers(0, 3))
    def complete_elsewhere(self, index: int) -> None:
        for upload in self.foreign[index : index + 1]:
            self.world.files.complete(upload, self.body())
            self.foreign.remove(upload)
            self.strangers.add(upload.path)

    @rule(seconds=SECONDS)
    def archive(self, seconds: int) -> None:
        self.world.files.beside_delete = lambda: self.time_passes(seconds)
        try:
            self.world.run(archive_files, ArchiveFiles(REF, "d", folder=True))
        except (AtWork, NotFound):
            return
        finally:
            self.world.files.beside_delete = None

    @invariant()
    def each_instant_is_as_it_was_seen(self) -> None:
        """But for what it says is uncertain, and that only of what others uploaded in parts."""
        for instant, held in list(self.seen.items())[-8:]:
            done = self.world.create(as_of=instant, allow_empty=True)
            found, unsure = self.world.content(done.version), set(done.uncertain.paths)
            different = {path for path in {*found, *held} if found.get(path) != held.get(path)}
            assert different <= unsure <= self.strangers, (instant, found, held)


TestPast = Past.TestCase
