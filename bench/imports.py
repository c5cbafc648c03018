"""What a container's start takes of the processor, beside boto3 with the clients that it makes first."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bench.aws.wire import ACCOUNT
from tests.support.aws import ENVIRONMENT

ROOT = Path(__file__).parents[1]
TIMES = 5
MEASURED = "import time; start = time.process_time(); {}; print(time.process_time() - start)"

Record = dict[str, Any]


class Client(NamedTuple):
    """The same one, as the functions make it and as anybody does."""

    ours: str
    floor: str


TABLE = Client("wiring.table()", "boto3.resource('dynamodb', config=Config()).meta.client")
S3 = Client("wiring.s3()", "boto3.client('s3', config=Config())")
# Of each kind of function, what its first request imports and asks.
KINDS: dict[str, tuple[list[str], list[Client]]] = {
    "create_version": ([], [TABLE, S3]),
    "get_version": ([], [TABLE, S3]),
    "authorizer": ([], [TABLE]),
    "service": (["from assetversions import operations", "operations.find('describe_service')"], []),
}


def imports() -> Iterator[Record]:
    """The least of some times each, in turns."""
    for kind, (more, clients) in KINDS.items():
        ours = [f"import functions.{kind}.handler", *more]
        floor = ["import boto3", "from botocore.config import Config"]
        if clients:
            ours += ["from assetversions.runtime import wiring", *(client.ours for client in clients)]
        floor += [client.floor for client in clients]
        found = [(_cpu(ours), _cpu(floor)) for _ in range(TIMES)]
        cpu, least = (round(min(column), 4) for column in zip(*found, strict=True))
        yield {"operation": "import", "variant": kind, "cpu_seconds": cpu, "floor_seconds": least}


def _cpu(statements: list[str]) -> float:
    """In an interpreter of its own, once that has started."""
    code = MEASURED.format("; ".join(statements))
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | ENVIRONMENT | ACCOUNT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(json.loads(done.stdout))
