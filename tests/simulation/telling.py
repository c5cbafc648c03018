"""Clients commit, and the real functions tell of it; calls fail, functions crash, messages double."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from unittest.mock import patch

import assetversions
from assetversions.domain.errors import Error
from assetversions.runtime import admitted, delivering, environment, fan_out, outward, publishing, wiring
from assetversions.storage.bus import Bus
from assetversions.storage.dynamodb import keys, webhook_keys

from tests.simulation import virtual
from tests.simulation.aws import Account
from tests.simulation.faults import Weather
from tests.simulation.outside import Answers, Buses, Message, Queue, Receivers, Stream
from tests.simulation.pools import Pool
from tests.simulation.requests import OURS
from tests.simulation.scheduler import Process, Scheduler
from tests.support.aws import people
from tests.support.in_memory import in_memory
from tests.support.lambda_client import Client, Context

ASSETS = ("one", "two")
CLIENTS, COMMITS, WORKERS = 3, 3, 3
# As infra says: a function's time, and for how long SQS hides what it works on.
SECONDS, HIDDEN = 29, 174
STEADY, MOODY = "https://steady.example/", "https://moody.example/"
ann = Client()

# Before time is virtual: what is imported later keeps the real one.
for _module in pkgutil.walk_packages(assetversions.__path__, "assetversions."):
    importlib.import_module(_module.name)
Handler = Callable[[Any, Any], Any]


@dataclass
class Outcome:
    """Of a call of a function; `reply` None where it failed."""

    reply: Any = None
    ended: bool = False


class Telling:
    """One run. STEADY fails at times; MOODY may say 410, and is enabled again."""

    def __init__(self, seed: int) -> None:
        self.scheduler = Scheduler(seed)
        virtual.begin(self.scheduler)
        self.random, self.weather = self.scheduler.random, Weather(self.scheduler)
        self.stream = Stream()
        self.account = Account(self.scheduler, self.weather, written=self.stream.hear)
        self.buses = Buses(self.scheduler, self.weather)
        self.queue = Queue(self.scheduler, self.weather)
        answers: Answers = {STEADY: [204, 204, 204, 500, None], MOODY: [204, 500, 410]}
        self.receivers = Receivers(self.scheduler, self.weather, answers)
        self.hooks: dict[str, str] = {}

    def play(self) -> None:
        with self._wired():
            self._begin()
            self._go()
            self._settle()

    def committed(self, asset: str) -> list[str]:
        """The ids of the events in its history, in their order."""
        partition = keys.head("db1", asset)[keys.PARTITION]
        rows = [
            item
            for (found, sort), item in self.account.dynamo.items.items()
            if found == partition and sort.startswith(keys.EVENT_PREFIX)
        ]
        return [row[keys.SORT].removeprefix(keys.EVENT_PREFIX) for row in sorted(rows, key=_revision)]

    def states(self, url: str) -> list[str]:
        """Of the deliveries of a webhook."""
        partition = webhook_keys.of_webhook(self.hooks[url])
        rows = [item for (found, _), item in self.account.dynamo.items.items() if found == partition]
        return [row["state"] for row in rows if "state" in row]

    @contextmanager
    def _wired(self) -> Iterator[None]:
        def now() -> Any:
            moment = self.scheduler.now
            return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

        with ExitStack() as patched:
            patched.enter_context(in_memory(self.account))
            for module, name, value in (
                (wiring, "now", now),
                (outward, "bus", lambda: Bus(self.buses)),
                (outward, "queues", lambda: self.queue),
                (outward, "receivers", lambda: self.receivers),
                (environment, "loopback_receivers", lambda: False),
                (fan_out, "ThreadPoolExecutor", lambda _count: Pool(self.scheduler)),
            ):
                patched.enter_context(patch.object(module, name, value))
            admitted.admission()._clock = lambda: self.scheduler.now.timestamp()
            yield

    def _begin(self) -> None:
        """Outside of the run, nothing fails."""
        people().add("ann", "admin")
        assert ann("POST", "/database", {"databaseId": "db1", "description": "a database"}).status == 200
        for name in ASSETS:
            facts = {"databaseId": "db1", "assetId": name, "assetName": name, "description": "an asset"}
            assert ann("POST", "/assets", facts).status == 200
        self.stream.at = len(self.stream.records)
        for url in (STEADY, MOODY):
            made = ann("POST", "/webhooks", {"url": url, "events": ["*"]})
            assert made.status == 200, made.body
            self.hooks[url] = made.body["webhookId"]

    def _go(self) -> None:
        for number in range(CLIENTS):
            self._spawn(f"client {number}", self._commit)
        self._spawn("owner", self._look_after)
        self._spawn("stream", partial(self._often, self._publish))
        for number in range(WORKERS):
            self._spawn(f"queue {number}", partial(self._often, self._deliver))
        self.scheduler.run()
        self.scheduler.finish_late()

    def _settle(self) -> None:
        """Nothing fails any more, and whatever waits is worked on when it is due."""
        self.weather.calm()
        self.receivers.answers = {STEADY: [204], MOODY: [204]}
        self._enable()
        while self._publish() or self._deliver() or self.queue.messages:
            if not self.queue.due() and self.queue.messages:
                self.scheduler.now = min(one.due for one in self.queue.messages)

    def _spawn(self, name: str, work: Callable[[], object]) -> None:
        self.scheduler.spawn(self.scheduler.new_process(name), work)

    def _often(self, work: Callable[[], bool]) -> None:
        for _ in range(COMMITS * CLIENTS * 2):
            if not work():
                self.scheduler.rest(self.random.choice([0, 0.1, 1, 61]))

    # who asks

    def _commit(self) -> None:
        for _ in range(self.random.randrange(1, COMMITS + 1)):
            path = f"/database/db1/assets/{self.random.choice(ASSETS)}"
            if self.random.random() < 0.5:
                self._ask("PUT", path, {"description": f"as of step {self.scheduler.tick}"})
            else:
                self._ask("POST", f"{path}/createVersion", {"allowEmpty": True})
            self.scheduler.rest(self.random.choice([0, 0, 1]))

    def _look_after(self) -> None:
        """Send again what was sent, and enable what was disabled."""
        for _ in range(4):
            self.scheduler.rest(self.random.choice([0, 1, 31]))
            if self.random.random() < 0.5:
                self._enable()
            path = f"/webhooks/{self.hooks[STEADY]}/deliveries"
            reply = self._ask("GET", path)
            if reply is not None and reply.status == 200 and reply.body["Items"]:
                chosen = self.random.choice(reply.body["Items"])
                self._insist("POST", f"{path}/{chosen['deliveryId']}/redeliver")

    def _enable(self) -> None:
        self._ask("PUT", f"/webhooks/{self.hooks[MOODY]}", {"url": MOODY, "events": ["*"]})

    def _insist(self, method: str, path: str) -> None:
        """Until there is an answer that says that it was done."""
        while (reply := self._ask(method, path)) is None or reply.status >= 500:
            self.scheduler.rest(1)

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        """In a process of its own; None where that is gone before it answers."""
        return self._run(path, lambda: ann(method, path, body))

    # who tells

    def _publish(self) -> bool:
        """Whether there was something to tell."""
        batch = self.stream.next(self.random.randrange(1, 7))
        if batch:
            reply = self._run("publish", lambda: publishing.handler({"Records": batch}, Context()))
            if reply is not None:
                self.stream.done(batch, [one["itemIdentifier"] for one in reply["batchItemFailures"]])
        return bool(batch)

    def _deliver(self) -> bool:
        """Whether a message was due: SQS hides it meanwhile, most of the time."""
        found = self.queue.due()
        if not found:
            return False
        message = self.random.choice(found)
        if self.weather.faultless or self.random.random() < 0.9:
            message.due = self.scheduler.now + timedelta(seconds=HIDDEN)
        event = {"Records": [{"body": message.body}]}
        done = self._run("deliver", lambda: delivering.handler(event, Context()) or True)
        if done:
            self._forget(message)
        return True

    def _forget(self, message: Message) -> None:
        """Now and then it comes once more."""
        if message in self.queue.messages and (self.weather.faultless or self.random.random() < 0.9):
            self.queue.messages.remove(message)

    def _run(self, name: str, work: Callable[[], Any]) -> Any:
        if self.scheduler.task is None:
            return work()
        process, outcome = self.scheduler.new_process(name, SECONDS), Outcome()
        self.scheduler.spawn(process, partial(_try, work, outcome))
        self.scheduler.wait(partial(_over, process, outcome))
        return outcome.reply


def _try(work: Callable[[], Any], outcome: Outcome) -> None:
    try:
        outcome.reply = work()
    except (Error, *OURS):
        pass  # Lambda notes that it failed, and comes again
    finally:
        outcome.ended = True


def _over(process: Process, outcome: Outcome) -> bool:
    return outcome.ended or process.dead


def _revision(row: Any) -> int:
    return int(row["rev"])
