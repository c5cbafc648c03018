"""The AWS clients of what goes out, made once for a container."""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config

from assetversions.runtime.environment import setting
from assetversions.storage.bus import Bus

_CONFIG = Config(retries={"mode": "standard", "max_attempts": 5}, connect_timeout=3, read_timeout=10)


@cache
def bus() -> Bus:
    return Bus(boto3.client("events", config=_CONFIG))


@cache
def queues() -> Any:
    return boto3.client("sqs", config=_CONFIG)


def park(body: str) -> None:
    """Keep what can't go out, for people to look at."""
    queues().send_message(QueueUrl=setting("PARKED_URL"), MessageBody=body)
