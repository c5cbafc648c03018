"""What the real clients are answered: the same as AWS in memory is asked for without them."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from bench.aws.clock import Clock
from bench.place import PREFIX
from bench.world import BUCKET, TABLE, World, products_clients, usual_clients

BLOBS = "manifests"
LISTINGS = ("list_objects_v2", "list_object_versions")
FACTS = ("Key", "VersionId", "IsLatest", "LastModified", "ETag", "Size")
ROWS = ("Contents", "Versions", "DeleteMarkers")


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """2,500 files, two of them changed, one deleted."""
    world = World(2_500)
    world.change(2)
    world.s3.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": deleted(world)}]})
    with world.wire.plugged():
        yield world


def deleted(world: World) -> str:
    return world.s3.objects.seeded[1]


@pytest.mark.parametrize("clients", [products_clients, usual_clients])
@pytest.mark.parametrize("listing", LISTINGS)
def test_a_listing_is_read_as_it_lies_there(world: World, clients: Any, listing: str) -> None:
    direct, found = (
        [
            {name: [_facts(row) for row in page.get(name, [])] for name in ROWS}
            for page in client.get_paginator(listing).paginate(Bucket=BUCKET, Prefix=PREFIX)
        ]
        for client in (world.s3, clients().s3)
    )
    assert found == direct
    assert len(found) == 3


def test_every_file_is_listed_but_the_deleted_one(world: World) -> None:
    pages = usual_clients().s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=PREFIX)
    listed = [row["Key"] for page in pages for row in page["Contents"]]
    assert listed == sorted(listed)
    assert set(world.s3.objects.seeded) - set(listed) == {deleted(world)}


def test_a_head_tells_the_object_version(world: World) -> None:
    key = world.s3.objects.seeded[0]
    found = usual_clients().s3.head_object(Bucket=BUCKET, Key=key)
    direct = world.s3.head_object(Bucket=BUCKET, Key=key)
    assert {name: found[name] for name in direct} == direct


@pytest.mark.parametrize(("key", "code"), [("nothing", "404"), (None, "404")])
def test_what_is_not_there_or_deleted_is_refused(world: World, key: str | None, code: str) -> None:
    with pytest.raises(ClientError) as refused:
        usual_clients().s3.head_object(Bucket=BUCKET, Key=key or deleted(world))
    assert refused.value.response["Error"]["Code"] == code


def test_a_blob_comes_back_whole_and_in_part(world: World) -> None:
    s3 = usual_clients().s3
    s3.put_object(Bucket=BLOBS, Key="some/blob", Body=b"0123456789")
    assert s3.get_object(Bucket=BLOBS, Key="some/blob")["Body"].read() == b"0123456789"
    assert s3.get_object(Bucket=BLOBS, Key="some/blob", Range="bytes=2-4")["Body"].read() == b"234"
    with pytest.raises(s3.exceptions.NoSuchKey):
        s3.get_object(Bucket=BLOBS, Key="nothing")


def test_a_stream_that_is_sent_in_pieces_is_put_together(world: World, tmp_path: Any) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 100_000)
    with path.open("rb") as body:
        usual_clients().s3.put_object(Bucket=BLOBS, Key="stream", Body=body)
    assert world.s3.blobs["stream"] == path.read_bytes()


def test_folders_of_blobs_stand_for_what_lies_in_them(world: World) -> None:
    s3 = usual_clients().s3
    for key in ("tree/a/1", "tree/a/2", "tree/b"):
        s3.put_object(Bucket=BLOBS, Key=key, Body=b"")
    page = s3.list_objects_v2(Bucket=BLOBS, Prefix="tree/", Delimiter="/")
    assert [row["Prefix"] for row in page["CommonPrefixes"]] == ["tree/a/"]
    assert [row["Key"] for row in page["Contents"]] == ["tree/b"]


def test_the_table_keeps_and_refuses_as_dynamodb_does(world: World) -> None:
    dynamo = usual_clients().dynamo
    put = {"TableName": TABLE, "Item": {"PK": "a", "SK": "b", "n": 1, "s": {"x"}, "m": {"l": [None, True]}}}
    once = put | {"ConditionExpression": "attribute_not_exists(PK)"}
    dynamo.put_item(**once)
    assert dynamo.get_item(TableName=TABLE, Key={"PK": "a", "SK": "b"})["Item"] == put["Item"]
    with pytest.raises(dynamo.exceptions.ConditionalCheckFailedException):
        dynamo.put_item(**once)
    with pytest.raises(ClientError) as cancelled:
        dynamo.transact_write_items(TransactItems=[{"Put": once}])
    assert cancelled.value.response["CancellationReasons"] == [{"Code": "ConditionalCheckFailed"}]


def test_a_write_in_a_transaction_counts_twice(world: World) -> None:
    dynamo, item = usual_clients().dynamo, {"PK": "a", "SK": "large", "text": "x" * 1_500}
    units = []
    for write in (
        lambda: dynamo.put_item(TableName=TABLE, Item=item),
        lambda: dynamo.transact_write_items(TransactItems=[{"Put": {"TableName": TABLE, "Item": item}}]),
    ):
        world.meter.reset()
        write()
        units.append(world.meter.write_units)
    assert units == [2, 4]


def test_reads_count_by_four_kilobytes(world: World) -> None:
    dynamo = usual_clients().dynamo
    dynamo.put_item(TableName=TABLE, Item={"PK": "large", "SK": "s", "text": "x" * 5_000})
    world.meter.reset()
    dynamo.get_item(TableName=TABLE, Key={"PK": "large", "SK": "s"})
    dynamo.get_item(TableName=TABLE, Key={"PK": "nothing", "SK": "s"})
    assert world.meter.read_units == 2 + 1


def test_one_alone_waits_for_each_call() -> None:
    clock = Clock()
    with clock.running():
        clock.wait(0.015)
        clock.wait(0.030)
    assert clock.now == pytest.approx(0.045)


def _facts(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: row[name]
        for name in ("Key", "VersionId", "IsLatest", "LastModified", "ETag", "Size")
        if name in row
    }
