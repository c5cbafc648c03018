"""The product's own wiring over an account in memory, as strict as AWS."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import cache
from types import SimpleNamespace
from unittest.mock import patch

from assetversions.runtime import outward, wiring

from tests.simulation.aws import Account
from tests.simulation.faults import Weather
from tests.simulation.scheduler import Scheduler
from tests.support.aws import ENVIRONMENT, STARTER_RULES, People, forget_clients, store_rules
from tests.support.aws_faults import Calls

SETTINGS = {
    "STATE_MACHINE_ARN": "arn:aws:states:us-east-1:123456789012:stateMachine:jobs",
    # What is not in memory fails at once.
    "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
    "AWS_MAX_ATTEMPTS": "1",
}


class Nothing(Exception):
    """What the stand-in of Step Functions never raises."""


class States:
    """Step Functions that start nothing."""

    exceptions = SimpleNamespace(ExecutionAlreadyExists=Nothing, ExecutionDoesNotExist=Nothing)

    def start_execution(self, **_asked: str) -> None:
        pass

    def stop_execution(self, **_asked: str) -> None:
        pass

    def describe_execution(self, **_asked: str) -> dict[str, str]:
        return {"status": "RUNNING"}


class Queues:
    """SQS: messages by the name of their queue."""

    def __init__(self) -> None:
        self.sent: dict[str, list[str]] = {"turns": [], "lanes": [], "mail": [], "parked": []}

    def send_message(self, *, QueueUrl: str, MessageBody: str, **_how: object) -> None:  # noqa: N803
        self.sent[QueueUrl.rpartition("/")[2]].append(MessageBody)

    def take(self, name: str) -> list[str]:
        found, self.sent[name] = self.sent[name], []
        return found


class Secrets:
    """KMS that seals nothing."""

    def encrypt(self, *, Plaintext: bytes, **_asked: object) -> dict[str, bytes]:  # noqa: N803
        return {"CiphertextBlob": Plaintext}

    def decrypt(self, *, CiphertextBlob: bytes, **_asked: object) -> dict[str, bytes]:  # noqa: N803
        return {"Plaintext": CiphertextBlob}


def account(now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Account:
    """A fresh one, in which nothing goes wrong."""
    scheduler = Scheduler(0)
    weather = Weather(scheduler)
    weather.calm()
    return Account(scheduler, weather, now=now)


@contextmanager
def in_memory(account: Account, calls: Calls | None = None) -> Iterator[Queues]:
    """One call at a time, each of which `calls` hears of; the starter rules are there."""
    queues = Queues()
    made = {"s3": account.s3, "stepfunctions": States(), "sqs": queues, "kms": Secrets()}
    around = calls.around if calls else lambda client: client
    clients = {name: around(client) for name, client in made.items()}
    table = around(account.dynamo)
    aws = SimpleNamespace(client=lambda name, *_, **__: clients[name], table_client=lambda _: table)
    with ExitStack() as patched:
        patched.enter_context(patch.dict(os.environ, ENVIRONMENT | SETTINGS))
        for module in (wiring, outward):
            patched.enter_context(patch.object(module, "aws", aws))
        patched.enter_context(patch.object(wiring, "SIDE_BY_SIDE", 1))
        patched.enter_context(patch.object(wiring, "users", cache(People)))
        forget_clients()
        store_rules(STARTER_RULES)
        yield queues
        forget_clients()
