"""One run: clients that ask, crash and ask again, a stranger, jobs; then calm, and the promises."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from tests.simulation.actions import Actions
from tests.simulation.events import Events
from tests.simulation.foreign import Stranger
from tests.simulation.requests import End, Request, ask, attempt
from tests.simulation.scheduler import told
from tests.simulation.uploads import Uploader
from tests.simulation.workers import Executions
from tests.simulation.world import EVE, World

CLIENTS = ("ann", "bob", "cyd", "dee")
TRIES = 4
# Who meets what others left broken off may be asked to come again, once.
CALM_TRIES = 2


@dataclass
class Run:
    """What became of one seed."""

    world: World
    requests: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.actions = Actions(self.world)
        self.uploader = Uploader(self.world)
        self.stranger = Stranger(self.world)
        self.executions = Executions(self.world)
        self.events = Events(self.world)

    def go(self) -> None:
        """All clients at once, until each has done its share."""
        world, scheduler = self.world, self.world.scheduler
        for client in CLIENTS[: world.random.randrange(2, len(CLIENTS) + 1)]:
            process = scheduler.new_process(client, client=client)
            scheduler.spawn(process, partial(self._client, client))
        if world.foreign:
            times = world.random.randrange(1, 8)
            scheduler.spawn(scheduler.new_process("stranger"), partial(self.stranger.work, times))
        if not world.noted:
            scheduler.spawn(scheduler.new_process("events"), partial(self.events.work, times=4))
        scheduler.run()
        scheduler.finish_late()

    def settle(self) -> None:
        """Nothing fails any more, leases and changes have run out: what broke off is asked for again."""
        world, scheduler = self.world, self.world.scheduler
        world.weather.calm()
        scheduler.leave(minutes=17)
        for request in [one for one in self.requests if not one.finished]:
            for _ in range(CALM_TRIES):
                attempt(world, request)
                scheduler.run()
                self.executions.start_new()
                scheduler.run()
                if request.finished:
                    break

    def trace(self) -> Iterator[str]:
        return told(self.world.scheduler.trace)

    def _client(self, client: str) -> None:
        for _ in range(self.world.random.randrange(1, 5)):
            upload = self.world.random.random() < 0.25
            request = self.uploader.start(client) if upload else self.actions.request(client)
            if request is not None:
                if self.world.random.random() < 0.05:
                    request.client = EVE
                if self.world.random.random() < 0.4:
                    request.key = f"key {len(self.requests)}"
                self.requests.append(request)
                if upload and self.world.random.random() < 0.3:
                    self._beside(client, request)
                self._insist(request)

    def _beside(self, client: str, request: Request) -> None:
        """Who does not hear how an upload ends asks again, or wants it ended otherwise."""

        def ask_all() -> None:
            for other in self.uploader.otherwise(client, request):
                self.world.scheduler.rest(self.world.random.choice([0, 0, 1, 61]))
                self.requests.append(other)
                self._insist(other)

        process = self.world.scheduler.new_process(client, client=client)
        self.world.scheduler.spawn(process, ask_all)

    def _insist(self, request: Request) -> None:
        """Ask again while it is not known how it ended, or give up."""
        for _ in range(TRIES):
            one = ask(self.world, request)
            self.executions.start_new()
            lost = one.end is End.DONE and self.world.weather.some(0.1)
            if request.finished and not lost:
                return
            if self.world.random.random() < 0.25:
                return
            self.world.scheduler.rest(self.world.random.choice([0, 0, 1, 5, 61]))
