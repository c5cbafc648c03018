"""A fresh account on moto, and someone to call the handlers in it."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from tests.support.aws import STARTER_RULES, moto_aws, store_rules
from tests.support.aws_faults import Calls


@pytest.fixture
def calls() -> Iterator[Calls]:
    """The product's AWS calls, in an account with the starter rules."""
    with moto_aws() as calls:
        store_rules(STARTER_RULES)
        yield calls


@pytest.fixture
def s3(calls: Calls) -> Any:
    """A client's own S3, which nobody watches."""
    return boto3.session.Session().client("s3")
