"""What others write to the bucket of the running system, and what becomes of it there."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
from assetversions.domain.journal import ChangeKind
from assetversions.domain.model import AssetRef
from assetversions.storage.dynamodb.journal import DynamoJournal
from assetversions.storage.dynamodb.table import Table

from local.deploy import STACK
from local.system import System
from tests.system.client import Asset

SECONDS = 120


def table(system: System) -> Table:
    """The system's own, as its stores take it."""
    made = boto3.resource(
        "dynamodb",
        endpoint_url=system.endpoint,
        region_name=system.client("dynamodb").meta.region_name,
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    return Table(made.meta.client, system.table)


class Heard:
    """What the journal has of an asset's foreign changes; the API shows it to nobody yet."""

    def __init__(self, system: System, asset: Asset) -> None:
        self._journal = DynamoJournal(table(system))
        self._ref = AssetRef(asset.database_id, asset.asset_id)

    def rows(self, kind: ChangeKind) -> list[tuple[str, str | None]]:
        """Each path and object version, as often as it is there."""
        now = datetime.now(UTC)
        closed = self._journal.told(self._ref, now - timedelta(days=1), now + timedelta(days=1))
        return [(state.path, state.after) for one in closed if one.kind is kind for state in one.paths]

    def waiting(self) -> int:
        return len([change for change in self._journal.sets(self._ref) if change.kind.foreign])

    def items(self) -> int:
        """What was written for them, and no version has taken in: the change sets, and items of paths."""
        now = datetime.now(UTC)
        closed = self._journal.told(self._ref, now - timedelta(days=1), now + timedelta(days=1))
        return self.waiting() + len(list(closed))


def until(holds: Callable[[], bool], what: str, pause: float = 0.5) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"{what}: not within {SECONDS} s"
        time.sleep(pause)  # between two looks; nothing is decided by it


class Events:
    """The queue of S3's events, and Lambda's mapping that takes them from it."""

    def __init__(self, system: System) -> None:
        self._sqs, self._lambda = system.client("sqs"), system.client("lambda")
        (stack,) = system.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"]
        outputs = {one["OutputKey"]: one["OutputValue"] for one in stack["Outputs"]}
        self._urls = [self._url(outputs[name]) for name in ("FileEvents", "Turns")]
        found = self._lambda.list_event_source_mappings(EventSourceArn=outputs["FileEvents"])
        (self._mapping,) = (one["UUID"] for one in found["EventSourceMappings"])

    def _url(self, arn: str) -> str:
        return str(self._sqs.get_queue_url(QueueName=arn.rpartition(":")[2])["QueueUrl"])

    def _attributes(self, url: str) -> dict[str, str]:
        found = self._sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        return {name.removeprefix("ApproximateNumberOf"): value for name, value in found.items()}

    def waiting(self) -> int:
        """Those that nobody has taken."""
        return int(self._attributes(self._urls[0])["Messages"])

    def at_work(self) -> bool:
        """Whether a batch was taken and is not done."""
        return self._attributes(self._urls[0])["MessagesNotVisible"] != "0"

    def all_done(self) -> bool:
        """Nothing is heard of that has not been dealt with, and no version is to come."""
        names = ("Messages", "MessagesNotVisible", "MessagesDelayed")
        return all(found[name] == "0" for found in map(self._attributes, self._urls) for name in names)

    def died(self) -> bool:
        """Whether the last batch came to nothing."""
        found = self._lambda.get_event_source_mapping(UUID=self._mapping)
        return str(found.get("LastProcessingResult", "")).startswith("0 messages done")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody takes any; so that what comes next is taken in full batches."""
        self._enable(False)
        try:
            yield
        finally:
            self._enable(True)

    @contextmanager
    def quickly_back(self) -> Iterator[None]:
        """Those of a batch that died come again after seconds, in place of minutes."""
        before = {"VisibilityTimeout": self._attributes(self._urls[0])["VisibilityTimeout"]}
        self._sqs.set_queue_attributes(QueueUrl=self._urls[0], Attributes={"VisibilityTimeout": "5"})
        try:
            yield
        finally:
            self._sqs.set_queue_attributes(QueueUrl=self._urls[0], Attributes=before)

    def _enable(self, enabled: bool) -> None:
        self._lambda.update_event_source_mapping(UUID=self._mapping, Enabled=enabled)


def burst(system: System, asset: Asset, count: int, first: int = 0) -> dict[str, str]:
    """Put with one plain client, side by side; the object version of each path, numbered from `first` on."""
    s3, prefix = system.client("s3"), f"{asset.database_id}/{asset.asset_id}"

    def put(number: int) -> tuple[str, str]:
        path = f"frames/é {number:04}.exr"
        reply = s3.put_object(Bucket=system.assets_bucket, Key=f"{prefix}/{path}", Body=b"%d" % number)
        return path, str(reply["VersionId"])

    with ThreadPoolExecutor(8) as pool:
        return dict(pool.map(put, range(first, first + count)))


def workers(system: System) -> list[int]:
    """The processes of the emulator that work on the events."""
    port, found = system.endpoint.rpartition(":")[2], []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            environment = (process / "environ").read_bytes().split(b"\0")
            folder = (process / "cwd").readlink()
        except OSError:
            continue  # another one's, or it is gone
        if f"GATEWAY_PORT={port}".encode() in environment and "EventsNestedStack" in str(folder):
            found.append(int(process.name))
    return found
