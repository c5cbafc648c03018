"""S3's events of the assets bucket as they come: late, doubled, in any order; then what the journal tells."""

from functools import partial

from assetversions.domain.arrivals import Arrival, Told
from assetversions.domain.errors import Error
from assetversions.domain.journal import ChangeKind
from assetversions.engine.arrivals import take_in
from assetversions.engine.reading import read_and_store
from assetversions.engine.reconcile import reconcile

from tests.simulation.bucket import Stored
from tests.simulation.oracle import PREFIX, REF
from tests.simulation.requests import OURS
from tests.simulation.world import World


class Events:
    """Told of each change; `lost` are those that never arrive."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._random = world.random
        # Of what is there already S3 has told before: a file that goes has no other event to find it by.
        self._met = {one.version_id for history in world.oracle.histories.values() for one in history}
        self._waiting: list[Arrival] = []
        self.lost = 0
        world.hear(self._changed)

    def work(self, times: int) -> None:
        """Some arrive while others are at work; what fails, and now and then what does not, comes again."""
        for _ in range(times):
            self._world.scheduler.rest(self._random.choice([0, 0, 0.1, 2, 61]))
            some = self._random.sample(self._waiting, self._random.randrange(len(self._waiting) + 1))
            if some and self._arrive(some) and self._random.random() < 0.8:
                self._waiting = [one for one in self._waiting if one not in some]

    def check(self) -> list[str]:
        """By the journal the files are what a listing shows, once all that is not lost has come."""
        world, found = self._world, list[str]()
        if not world.noted:
            self._rest_arrives()
        asset, services = world.head(), world.services("ann")
        if self.lost:
            reconcile(services, asset, "simulation", lambda _count: None)
        contents = [self._read(by_journal) for by_journal in (True, False)]
        if contents[0] != contents[1]:
            found.append(f"by the journal the files are {contents[0]}, by a listing {contents[1]}")
        return found

    def _read(self, by_journal: bool) -> tuple[dict[str, str], object]:
        """The files, and what is told of all of them."""
        world = self._world
        asset = world.head()
        stored, content, *_ = read_and_store(
            world.services("ann"), asset, lambda reading: reading.rows, by_journal=by_journal
        )
        root = world.manifests.root(asset.uid, stored.digest)
        files = {
            entry.path: (world.body(entry.path, entry.version_id) or b"").decode()
            for entry in world.manifests.entries(asset.uid, root)
        }
        return files, (stored.files, stored.bytes, content and (content.path, content.length))

    def _rest_arrives(self) -> None:
        """All of it in half of the worlds: reconciling makes up for whatever else is wrong."""
        self._random.shuffle(self._waiting)
        arrives = self._random.choice([0.8, 1])
        kept = [one for one in self._waiting if self._random.random() < arrives]
        self.lost = len(self._waiting) - len(kept)
        while kept:
            some, kept = kept[:3], kept[3:]
            assert self._arrive(some)

    def _arrive(self, some: list[Arrival]) -> bool:
        try:
            take_in(self._world.services("bucket"), REF, some)
        except (Error, *OURS):
            return False
        return True

    def _changed(self, key: str, history: list[Stored]) -> None:
        new = [one for one in history if one.version_id not in self._met]
        self._met |= {one.version_id for one in new}
        at = int(self._world.now().timestamp())
        for one in new:
            kind = ChangeKind.DELETE if one.body is None else ChangeKind.PUT
            told = Told(key, kind, one.version_id, at, f"{self._world.scheduler.tick:016x}")
            self._waiting.append(Arrival(key.removeprefix(PREFIX), told))


def checked(world: World, events: Events) -> list[str]:
    """In a process of its own, when all is calm."""
    found: list[str] = []
    process = world.scheduler.new_process("the end")
    world.scheduler.spawn(process, partial(_into, found, events))
    world.scheduler.run()
    return found


def _into(found: list[str], events: Events) -> None:
    found += events.check()
