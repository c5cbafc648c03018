"""Clients of AWS as botocore makes them: each start would pay for what boto3 adds, and none uses it."""

from functools import cache
from typing import Any

from botocore.config import Config

from assetversions.runtime.lean_botocore import Session, get_session
from assetversions.storage.dynamodb.values import speak_plainly


@cache
def session() -> Session:
    return get_session()


def client(service: str, config: Config) -> Any:
    return session().create_client(service, config=config)


def table_client(config: Config) -> Any:
    made = client("dynamodb", config)
    speak_plainly(made)
    return made
