"""The AWS clients of what goes out, made once for a container."""

from datetime import timedelta
from functools import cache, partial
from typing import Any

from botocore.config import Config

from assetversions.runtime import aws, environment
from assetversions.runtime.environment import setting
from assetversions.storage.bus import Bus
from assetversions.storage.dynamodb.table import Table
from assetversions.storage.imports import Imports
from assetversions.storage.mail import MailQueue, Postman
from assetversions.storage.outside import Outside
from assetversions.storage.receivers import Receivers
from assetversions.storage.seals import Seals
from assetversions.storage.tickets import Tickets
from assetversions.storage.webhooks import LaneQueue, Webhooks

_CONFIG = Config(retries={"mode": "standard", "max_attempts": 5}, connect_timeout=3, read_timeout=10)


@cache
def bus() -> Bus:
    return Bus(aws.client("events", _CONFIG))


@cache
def queues() -> Any:
    return aws.client("sqs", _CONFIG)


def park(body: str) -> None:
    """Keep what can't go out, for people to look at."""
    queues().send_message(QueueUrl=setting("PARKED_URL"), MessageBody=body)


@cache
def seals() -> Seals:
    return Seals(lambda: aws.client("kms", _CONFIG), lambda: setting("SECRETS_KEY"))


@cache
def lanes() -> LaneQueue:
    return LaneQueue(queues, lambda: setting("LANES_URL"))


def webhooks(table: Table) -> Webhooks:
    return Webhooks(table, seals(), lanes(), environment.loopback_receivers())


@cache
def mail_queue() -> MailQueue:
    return MailQueue(queues, lambda: setting("MAIL_URL"))


@cache
def postman() -> Postman:
    return Postman(lambda: aws.client("sesv2", _CONFIG), lambda: setting("MAIL_SENDER"))


@cache
def tickets() -> Tickets:
    client = partial(aws.client, "kms", config=_CONFIG)
    return Tickets(Seals(client, lambda: setting("TICKETS_KEY"), "ticket"))


@cache
def receivers() -> Receivers:
    return Receivers(environment.loopback_receivers())


def imports() -> Imports:
    allowed = environment.imports_contents()
    return Imports(Outside(environment.loopback_receivers()) if allowed else None)


def first_pause() -> timedelta:
    """Before a delivery is tried again for the first time."""
    return timedelta(seconds=float(setting("RETRY_SECONDS")))
