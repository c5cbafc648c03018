"""A record of the stream that is not as we write them is parked, and what is around it goes out."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from tests.integration.events.hooks import ADMIN, PATHS, make, subscribe
from tests.integration.events.lanes import Lanes
from tests.integration.events.outlet import Outlet
from tests.integration.events.post import Post
from tests.support.http_world import HttpWorld
from tests.support.receiver import Receiver

WRONG: tuple[Any, ...] = ({"NULL": True}, {"N": "7"}, {"S": "x"}, {"B": b"x"}, {"L": [{"N": "1"}]}, {"M": {}})


def spoilt(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """With each value but its key missing, or something else."""
    for name in record["dynamodb"]["NewImage"].keys() - {"PK", "SK"}:
        for value in (None, *WRONG):
            made = deepcopy(record)
            if value is None:
                del made["dynamodb"]["NewImage"][name]
            else:
                made["dynamodb"]["NewImage"][name] = value
            yield made


def test_whatever_is_wrong_with_a_record_holds_up_nobody(
    world: HttpWorld, outlet: Outlet, lanes: Lanes, post: Post, here: Receiver
):
    make(world, here, events=["*"])
    subscribe(world, "viewer")
    facts = {"databaseId": "db1", "assetId": "new", "assetName": "New", "description": "an asset"}
    world.ok(ADMIN, "POST", "/assets", facts)
    path = PATHS["public"]
    world.ok(ADMIN, "POST", f"{path}/createVersion", {"allowEmpty": True, "versionAlias": "gold"})
    world.ok(ADMIN, "PUT", f"{path}/assetversions/1", {"isProtected": True, "comment": "kept"})
    world.account.s3.put_object(Bucket="assets", Key="db1/public/a.txt", Body=b"text")
    world.ok(ADMIN, "DELETE", f"{path}/archiveFile", {"filePath": "a.txt"})
    world.ok(ADMIN, "POST", "/roles", {"roleName": "guest", "description": "looks around"})
    records = outlet.stream.records()
    world.ok(ADMIN, "POST", f"{path}/createVersion", {"allowEmpty": True})
    (good,) = outlet.stream.records()
    for record in records:
        for made in spoilt(record):
            made["dynamodb"]["SequenceNumber"] = "7"
            try:
                assert outlet.publish([made, good]) == [], made
            except Exception as error:
                raise AssertionError(made) from error
