"""What stands around the functions that tell: the table's stream, the buses, a queue, receivers."""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from assetversions.storage.receivers import Answer
from botocore.exceptions import BotoCoreError, ClientError

from tests.simulation.faults import Weather, error
from tests.simulation.scheduler import Scheduler
from tests.support.stream import Record, is_wanted, record

Answers = dict[str, list[int | None]]
PASSING, FINAL = "ThrottlingException", "MalformedDetail"


class Stream:
    """What was written, in order; `at` is how far it was read."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.at = 0
        self._number = 0

    def hear(self, changes: list[Any]) -> None:
        for _, before, after in changes:
            self._number += 1
            if after is not None and after != before:
                made = record(self._number, before, after)
                self.records += [made] if is_wanted(made) else []

    def next(self, most: int) -> list[Record]:
        return self.records[self.at : self.at + most]

    def done(self, batch: list[Record], failed: list[str]) -> None:
        """Up to the first that comes again."""
        numbers = [one["dynamodb"]["SequenceNumber"] for one in batch]
        self.at += min((numbers.index(one) for one in failed), default=len(batch))


class Service:
    """Each call of it is a step, and may fail as any call may."""

    def __init__(self, scheduler: Scheduler, weather: Weather) -> None:
        self.scheduler, self.weather, self.random = scheduler, weather, scheduler.random

    def call(self, name: str, effect: Callable[[], Any]) -> Any:
        self.scheduler.step()

        def done() -> Any:
            self.scheduler.tick_on()
            return effect()

        def refusal() -> Exception:
            return error(PASSING, 400, name)

        return self.weather.strike(name, done, writes=True, refusal=refusal, again=self.scheduler.step)


class Buses(Service):
    """EventBridge: `told` are the events that it took."""

    def __init__(self, scheduler: Scheduler, weather: Weather) -> None:
        super().__init__(scheduler, weather)
        self.told: list[Any] = []

    def put_events(self, Entries: list[Any]) -> Any:
        return self.call("PutEvents", lambda: {"Entries": [self._take(entry) for entry in Entries]})

    def _take(self, entry: Any) -> Any:
        if self.weather.some(1):
            return {"ErrorCode": self.random.choice([PASSING, FINAL])}
        self.told.append(json.loads(entry["Detail"]))
        return {"EventId": "1"}


@dataclass(eq=False)
class Message:
    body: str
    due: datetime


class Queue(Service):
    """SQS: the lanes to look at, and what was `parked`."""

    def __init__(self, scheduler: Scheduler, weather: Weather) -> None:
        super().__init__(scheduler, weather)
        self.messages: list[Message] = []
        self.parked: list[Any] = []

    def send_message(self, QueueUrl: str, MessageBody: str, DelaySeconds: int = 0) -> None:
        def keep() -> None:
            if QueueUrl == "parked":
                self.parked.append(json.loads(MessageBody))
            else:
                due = self.scheduler.now + timedelta(seconds=DelaySeconds)
                self.messages.append(Message(MessageBody, due))

        self.call("SendMessage", keep)

    def due(self) -> list[Message]:
        return [one for one in self.messages if one.due <= self.scheduler.now]


class Receivers(Service):
    """Each answers by its own list of answers, None for none; `took` is what each said 2xx to."""

    def __init__(self, scheduler: Scheduler, weather: Weather, answers: Answers) -> None:
        super().__init__(scheduler, weather)
        self.answers = answers
        self.took: dict[str, list[Any]] = defaultdict(list)

    def post(self, url: str, body: bytes, headers: dict[str, str]) -> Answer:
        def receive() -> Answer:
            answer = Answer(self.random.choice(self.answers[url]), 5)
            if answer.taken:
                assert headers["webhook-signature"]
                self.took[url].append(json.loads(body))
            return answer

        try:
            found: Answer = self.call("POST", receive)
        except (ClientError, BotoCoreError):
            return Answer(None, 5, problem="The connection broke.")
        return found
