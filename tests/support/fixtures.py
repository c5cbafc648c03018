"""What tests of several kinds ask for by name; tests/conftest.py makes it known to all."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import boto3
import pytest
from assetversions.engine import commit

from tests.simulation.aws import Account
from tests.support import in_memory
from tests.support.aws import STARTER_RULES, moto_aws, store_rules
from tests.support.aws_faults import Calls


class _Watched(NamedTuple):
    account: Account
    calls: Calls
    queues: in_memory.Queues


@pytest.fixture
def _watched() -> Iterator[_Watched]:
    account, calls = in_memory.account(), Calls()
    with in_memory.in_memory(account, calls) as queues:
        yield _Watched(account, calls, queues)


@pytest.fixture
def account(_watched: _Watched) -> Account:
    """A fresh account in memory, with the starter rules."""
    return _watched.account


@pytest.fixture
def calls(_watched: _Watched) -> Calls:
    """The product's AWS calls in that account."""
    return _watched.calls


@pytest.fixture
def queues(_watched: _Watched) -> in_memory.Queues:
    """What is sent there."""
    return _watched.queues


@pytest.fixture
def s3(account: Account) -> Any:
    """A client's own S3 in that account, which nobody watches."""
    return account.s3


@pytest.fixture
def on_moto() -> Iterator[Calls]:
    """The same on moto, through the real boto3: for what only that tells."""
    with moto_aws() as calls:
        store_rules(STARTER_RULES)
        yield calls


@pytest.fixture
def s3_on_moto(on_moto: Calls) -> Any:
    """A client's own S3 there, which nobody watches."""
    return boto3.session.Session().client("s3")


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lost race is retried without a pause."""
    monkeypatch.setattr(commit, "pauses", lambda: iter([0.0] * 5))
