"""The product's own wiring over an account in memory, as strict as AWS."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from types import SimpleNamespace
from unittest.mock import patch

from assetversions.runtime import outward, wiring

from tests.simulation.aws import Account
from tests.support.aws import ENVIRONMENT, STARTER_RULES, People, forget_clients, store_rules

SETTINGS = {
    "STATE_MACHINE_ARN": "arn:aws:states:us-east-1:123456789012:stateMachine:jobs",
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
    """SQS that keeps nothing."""

    def send_message(self, **_asked: object) -> None:
        pass


class Secrets:
    """KMS that seals nothing."""

    def encrypt(self, *, Plaintext: bytes, **_asked: object) -> dict[str, bytes]:  # noqa: N803
        return {"CiphertextBlob": Plaintext}

    def decrypt(self, *, CiphertextBlob: bytes, **_asked: object) -> dict[str, bytes]:  # noqa: N803
        return {"Plaintext": CiphertextBlob}


@contextmanager
def in_memory(account: Account) -> Iterator[None]:
    """One call at a time; the starter rules are there."""
    clients = {"s3": account.s3, "stepfunctions": States(), "sqs": Queues(), "kms": Secrets()}
    resource = SimpleNamespace(meta=SimpleNamespace(client=account.dynamo))
    boto3 = SimpleNamespace(client=lambda name, **_: clients[name], resource=lambda *_, **__: resource)
    with ExitStack() as patched:
        patched.enter_context(patch.dict(os.environ, ENVIRONMENT | SETTINGS))
        for module in (wiring, outward):
            patched.enter_context(patch.object(module, "boto3", boto3))
        patched.enter_context(patch.object(wiring, "SIDE_BY_SIDE", 1))
        patched.enter_context(patch.object(wiring, "users", cache(People)))
        forget_clients()
        store_rules(STARTER_RULES)
        yield
        forget_clients()
