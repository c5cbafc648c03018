"""An event that can't be taken in ends with the dead letters, and `make redrive` has it tried again."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from assetversions.domain.journal import ChangeKind
from assetversions.storage.dynamodb import keys
from boto3.dynamodb.types import TypeSerializer

from infra import redrive
from infra.deployed import outputs
from local.emulator import CREDENTIALS, REGION
from local.system import System
from tests.system.arriving import Heard, until
from tests.system.client import Asset, new_asset

STAGE = "local"


class Queues:
    """Those of S3's events, by the outputs of the stack."""

    def __init__(self, system: System) -> None:
        self.sqs = system.client("sqs")
        self._found = outputs(STAGE, system)

    def url(self, output: str) -> str:
        name = self._found[output].rpartition(":")[2]
        return str(self.sqs.get_queue_url(QueueName=name)["QueueUrl"])

    def attributes(self, output: str, *names: str) -> dict[str, str]:
        asked = self.sqs.get_queue_attributes(QueueUrl=self.url(output), AttributeNames=list(names))
        found: dict[str, str] = asked["Attributes"]
        return found

    def given_up(self) -> int:
        waiting = "ApproximateNumberOfMessages"
        return int(self.attributes("LostFileEvents", waiting)[waiting])


@pytest.fixture
def queues(system: System) -> Iterator[Queues]:
    """Two attempts in some seconds, in place of ten in half an hour."""
    found = Queues(system)
    url, usual = found.url("FileEvents"), found.attributes("FileEvents", "VisibilityTimeout", "RedrivePolicy")
    policy = json.loads(usual["RedrivePolicy"]) | {"maxReceiveCount": 2}
    quick = {"VisibilityTimeout": "1", "RedrivePolicy": json.dumps(policy)}
    found.sqs.set_queue_attributes(QueueUrl=url, Attributes=quick)
    yield found
    found.sqs.set_queue_attributes(QueueUrl=url, Attributes=usual)


@pytest.fixture
def shell(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where `make redrive` would find the system, were this stage one that people deploy."""
    for name, value in {**CREDENTIALS, "AWS_ENDPOINT_URL": system.endpoint, "AWS_REGION": REGION}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(redrive, "check_deployable", lambda *_: None)


class Database:
    """The record of an asset's database, which every event of the asset is read beside."""

    def __init__(self, system: System, asset: Asset) -> None:
        self._dynamodb, self._table = system.client("dynamodb"), system.table
        text = TypeSerializer().serialize
        key = {name: text(value) for name, value in keys.database(asset.database_id).items()}
        self._item: dict[str, Any] = self._dynamodb.get_item(TableName=self._table, Key=key)["Item"]

    def damage(self) -> None:
        whole = self._item.items()
        self._put({name: value for name, value in whole if name in (keys.PARTITION, keys.SORT)})

    def mend(self) -> None:
        self._put(self._item)

    def _put(self, item: dict[str, Any]) -> None:
        self._dynamodb.put_item(TableName=self._table, Item=item)


@pytest.mark.usefixtures("shell")
def test_what_was_given_up_is_taken_in_once_its_cause_is_mended_and_it_is_redriven(
    system: System, queues: Queues, capsys: pytest.CaptureFixture[str]
) -> None:
    asset, other = new_asset(system), new_asset(system)
    database = Database(system, asset)
    database.damage()
    lost = asset.put("a.txt", b"one")
    until(lambda: queues.given_up() == 1, "the event is with the dead letters")
    heard = other.put("b.txt", b"two")
    until(lambda: ("b.txt", heard) in Heard(system, other).rows(ChangeKind.PUT), "it held up no other")
    database.mend()
    redrive.main(STAGE)
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "FileEvents: about 1 messages go back."
    assert {line.partition(": ")[2] for line in told[1:]} == {"nothing was given up."}
    until(lambda: Heard(system, asset).rows(ChangeKind.PUT) == [("a.txt", lost)], "the event is taken in")
    assert queues.given_up() == 0
    redrive.main(STAGE)
    assert capsys.readouterr().out.startswith("FileEvents: nothing was given up.")
