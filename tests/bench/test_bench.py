"""The benchmark at its quick size, without latency: the records' shape, and the calls of the cost table."""

import json
from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError

from bench.aws.dynamodb import FakeDynamo
from bench.aws.meter import Meter
from bench.aws.s3 import FakeS3
from bench.checks import allowed, checks
from bench.measure import measure
from bench.plan import BASELINE, OURS, lanes
from bench.run import write
from bench.world import BUCKET, PREFIX, World

SHAPE = {
    "operation": str,
    "files": int,
    "changed": int,
    "versions": int,
    "variant": str,
    "calls": dict,
    "bytes_sent": int,
    "bytes_stored": int,
    "seconds": float,
    "peak_memory_mb": float,
}


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    path = tmp_path_factory.mktemp("bench") / "results.json"
    scenarios = [scenario for lane in lanes(quick=True, latency=0.0) for scenario in lane]
    small = [replace(scenario, versions=scenario.versions[:2]) for scenario in scenarios]
    write([record for scenario in small for record in measure(scenario, isolate=False)], path)
    found: list[dict[str, Any]] = json.loads(path.read_text())
    return found


def test_every_record_has_the_promised_shape(records: list[dict[str, Any]]) -> None:
    for record in records:
        assert {name: type(record[name]) for name in SHAPE} == SHAPE
        assert all(count > 0 for count in record["calls"].values())


def test_ours_takes_no_more_calls_than_the_cost_table(records: list[dict[str, Any]]) -> None:
    ours = [record for record in records if record["variant"] == OURS]
    assert {record["operation"] for record in ours} == {
        "create_first",
        "create_next",
        "create_by_journal",
        "list",
        "get",
        "compare",
        "revert",
    }
    for record in ours:
        most = allowed(record)
        over = {name: count for name, count in record["calls"].items() if count > most.get(name, 0)}
        assert over == {}, record


def test_the_baseline_takes_two_heads_a_file(records: list[dict[str, Any]]) -> None:
    creates = [row for row in records if row["variant"] == BASELINE and row["operation"] == "create_next"]
    assert creates
    for record in creates:
        assert record["calls"]["HeadObject"] == 2 * record["files"]
        assert record["calls"]["BatchWriteItem"] == record["files"] // 25


def test_a_create_of_a_thousand_files_takes_thirty_times_fewer_calls(records: list[dict[str, Any]]) -> None:
    calls = {
        row["variant"]: sum(row["calls"].values())
        for row in records
        if (row["operation"], row["files"], row["changed"]) == ("create_next", 1_000, 10)
    }
    assert calls[BASELINE] / calls[OURS] >= 30


def test_a_broken_promise_is_found() -> None:
    row = {"operation": "list", "variant": OURS, "files": 10, "changed": 0, "calls": {"Query": 2}}
    assert [check.holds for check in checks([row])] == [False]


def test_the_fake_lists_pages_markers_and_changes() -> None:
    world = World(2_500)
    world.change(2)
    key = world.s3.objects.seeded[1]
    world.s3.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": key}]})
    pages = list(world.s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=PREFIX))
    listed = [row["Key"] for page in pages for row in page["Contents"]]
    assert len(pages) == 3
    assert listed == sorted(listed)
    assert set(world.s3.objects.seeded) - set(listed) == {key}
    history = list(world.s3.get_paginator("list_object_versions").paginate(Bucket=BUCKET, Prefix=PREFIX))
    assert sum(len(page["Versions"]) for page in history) == 2_502
    assert [row["Key"] for page in history for row in page["DeleteMarkers"]] == [key]


def test_the_fake_refuses_what_aws_refuses() -> None:
    s3, dynamo = World(1).s3, FakeDynamo(Meter())
    with pytest.raises(ClientError):
        s3.head_object(Bucket=BUCKET, Key="nothing")
    with pytest.raises(FakeS3.exceptions.NoSuchKey):
        s3.get_object(Bucket=BUCKET, Key="nothing")
    put = {"Put": {"Item": {"PK": "a", "SK": "b"}, "ConditionExpression": "attribute_not_exists(PK)"}}
    dynamo.transact_write_items(TransactItems=[put])
    with pytest.raises(ClientError) as caught:
        dynamo.transact_write_items(TransactItems=[put])
    assert caught.value.response["CancellationReasons"] == [{"Code": "ConditionalCheckFailed"}]
