"""What tests of several kinds ask for by name; tests/conftest.py makes it known to all."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from assetversions.engine import commit

from tests.support.aws import STARTER_RULES, moto_aws, store_rules
from tests.support.aws_faults import Calls


@pytest.fixture
def calls() -> Iterator[Calls]:
    """The product's AWS calls, in a fresh account on moto with the starter rules."""
    with moto_aws() as calls:
        store_rules(STARTER_RULES)
        yield calls


@pytest.fixture
def s3(calls: Calls) -> Any:
    """A client's own S3 in that account, which nobody watches."""
    return boto3.session.Session().client("s3")


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lost race is retried without a pause."""
    monkeypatch.setattr(commit, "pauses", lambda: iter([0.0] * 5))
