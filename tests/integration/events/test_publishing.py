"""What the table's stream tells goes out as it was committed, in order; what can't go out is parked."""

import json
from typing import Any

import pytest
from assetversions.domain.jobs import Job, JobKind, JobState
from assetversions.domain.model import AssetRef
from assetversions.domain.outbox import MOST_FILES
from assetversions.runtime import stores, wiring
from assetversions.storage.dynamodb import job_items

from tests.integration.events.outlet import Body, Outlet
from tests.support.http_world import HttpWorld, user

ADMIN = user("admin")
PATH = "/database/db1/assets/public"
VERSION = f"{PATH}/assetversions/1"
REF = AssetRef("db1", "public")


def create(world: HttpWorld, **facts: Any) -> Any:
    return world.ok(ADMIN, "POST", f"{PATH}/createVersion", {"allowEmpty": True} | facts)


def kinds(events: list[Body]) -> list[str]:
    return [event["type"].removeprefix("asset-versions.") for event in events]


@pytest.fixture
def versioned(world: HttpWorld, outlet: Outlet) -> Outlet:
    """The asset has a version, of which everybody has heard."""
    create(world)
    outlet.publish()
    assert kinds(outlet.told()) == ["version.created"]
    return outlet


def test_a_version_is_told_with_its_ids_in_all_apis_and_who_made_it(world: HttpWorld, outlet: Outlet):
    create(world, versionAlias="gold")
    assert outlet.publish() == []
    created, moved = outlet.told()
    assert kinds([created, moved]) == ["version.created", "alias.moved"]
    assert (created["subject"], created["data"]["version"]) == ("db1/public", 1)
    assert created["data"]["by"] == {"name": "admin", "person": "sub-of-admin"}
    assert {"what": "current", "before": None, "after": 1} in created["data"]["changes"]
    assert moved["data"]["changes"] == [{"what": "alias", "alias": "gold", "before": None, "after": 1}]
    assert created["sequence"] == moved["sequence"]
    assert created["id"] != moved["id"]
    ids = created["data"]["ids"]
    found = world.ok(ADMIN, "GET", f"{PATH}/getVersion/{ids['vams']['assetVersionId']}")
    assert found["Version"] == "1"


def test_each_api_knows_the_ids_that_an_event_names(world: HttpWorld, versioned: Outlet):
    create(world)
    versioned.publish()
    (event,) = versioned.told()
    ids = event["data"]["ids"]
    for path in (
        f"/assets/{ids['posta']['assetId']}/versions/{ids['posta']['versionId']}",
        f"/AutodeskDM/Services/api/vault/v2/vaults/{ids['autodeskVault']['vaultId']}"
        f"/item-versions/{ids['autodeskVault']['itemVersionId']}",
    ):
        world.ok(ADMIN, "GET", path)


def test_a_move_is_told_by_the_name_that_subscribers_wait_for(world: HttpWorld, versioned: Outlet):
    world.ok(ADMIN, "PUT", VERSION, {"isProtected": True, "comment": "kept"})
    versioned.publish()
    updated, protected = versioned.told()
    assert kinds([updated, protected]) == ["version.updated", "version.protected"]
    assert {"what": "comment", "version": 1, "before": "", "after": "kept"} in updated["data"]["changes"]
    assert protected["data"]["changes"] == [
        {"what": "protected", "version": 1, "before": "no", "after": "yes"}
    ]


def test_an_asset_is_told_as_it_comes_and_as_it_goes(world: HttpWorld, outlet: Outlet):
    facts = {"databaseId": "db1", "assetId": "new", "assetName": "New", "description": "an asset"}
    world.ok(ADMIN, "POST", "/assets", facts)
    outlet.publish()
    world.ok(ADMIN, "DELETE", "/database/db1/assets/new/archiveAsset", {"confirmArchive": True})
    outlet.publish()
    gone = {"confirmPermanentDelete": True, "reason": "scrapped"}
    world.ok(ADMIN, "DELETE", "/database/db1/assets/new/deleteAsset", gone)
    outlet.publish()
    created, archived, deleted = outlet.told()
    assert kinds([created, archived, deleted]) == ["asset.created", "asset.archived", "asset.deleted"]
    assert deleted["data"]["details"] == {"reason": "scrapped"}
    assert deleted["data"]["ids"] == created["data"]["ids"]
    assert (created["data"]["details"], created["sequence"]) == ({"name": "New"}, "1")


def test_what_is_told_late_is_told_of_the_asset_that_it_was(world: HttpWorld, outlet: Outlet):
    """Its id has a new one by then."""
    facts = {"databaseId": "db1", "assetId": "new", "assetName": "New", "description": "an asset"}
    path, late = "/database/db1/assets/new", []
    for _ in range(3):
        world.ok(ADMIN, "POST", "/assets", facts)
        late += outlet.stream.records()
        world.ok(ADMIN, "DELETE", f"{path}/deleteAsset", {"confirmPermanentDelete": True, "reason": "old"})
        late += outlet.stream.records()
    world.ok(ADMIN, "POST", "/assets", facts)
    outlet.publish(late)
    told = outlet.told()
    assert kinds(told) == ["asset.created", "asset.deleted"] * 3
    assert {(event["subject"], event["data"]["assetId"]) for event in told} == {("db1/new", "new")}
    ids = [event["data"]["ids"]["posta"]["assetId"] for event in told]
    assert (ids[::2] == ids[1::2], len(set(ids))) == (True, 3)


@pytest.mark.parametrize("count", [1, 20, 260])
def test_what_changed_in_files_is_told_once_when_it_is_done(world: HttpWorld, outlet: Outlet, count: int):
    """However the journal keeps the paths: in the set, beside it, in several items."""
    s3 = world.account.s3
    names = [f"{number:03}.txt" for number in range(count)]
    for name in names:
        s3.put_object(Bucket="assets", Key=f"db1/public/folder/{name}", Body=b"text")
    body = {"filePath": "folder", "isPrefix": True}
    world.ok(ADMIN, "DELETE", f"{PATH}/archiveFile", body)
    outlet.publish()
    (event,) = [event for event in outlet.told() if event["type"].endswith("files.changed")]
    assert event["data"]["details"] == {"change": "archive", "job": None, "count": len(names)}
    assert [file["path"] for file in event["data"]["files"]] == [f"folder/{n}" for n in names[:MOST_FILES]]
    assert all(file["before"] and not file["after"] for file in event["data"]["files"])
    world.ok(ADMIN, "POST", f"{PATH}/unarchiveFile", {"filePath": "folder/000.txt"})
    outlet.publish()
    (event,) = outlet.told()
    assert event["data"]["details"]["change"] == "unarchive"


def test_the_end_of_a_job_is_told(outlet: Outlet):
    now = wiring.now()
    job = Job("job-1", REF, JobKind.VERIFY, JobState.RUNNING, "ann", now, now, person="sub-of-ann")
    wiring.table().put_many([job_items.from_job(job)])
    assert outlet.publish() == []
    stores.job_store().update(job, now, done=3)
    assert outlet.publish() == []
    assert outlet.told() == []
    stores.job_store().end(job, JobState.FAILED, "The reason.", now)
    outlet.publish()
    (event,) = outlet.told()
    assert (kinds([event]), event["id"]) == (["job.ended"], "job-1")
    assert event["data"]["details"]["error"] == "The reason."
    assert event["data"]["by"] == {"name": "ann", "person": "sub-of-ann"}


def test_policy_is_told_on_a_bus_of_its_own(world: HttpWorld, outlet: Outlet):
    world.ok(ADMIN, "POST", "/roles", {"roleName": "guest", "description": "looks around"})
    assert world.call(user("viewer"), "POST", f"{PATH}/createVersion")[0] == 403
    outlet.publish()
    assert outlet.told() == []
    assert kinds(outlet.told("policy")) == ["policy.changed", "write.refused"]


def test_a_repeated_record_is_told_under_the_same_id(world: HttpWorld, outlet: Outlet):
    create(world)
    records = outlet.stream.records()
    outlet.publish(records)
    first = outlet.told()
    outlet.publish(records)
    assert outlet.told() == first


def three(world: HttpWorld, outlet: Outlet) -> list[dict[str, Any]]:
    """The records of a create, an update and a publish."""
    create(world)
    records = outlet.stream.records()
    world.ok(ADMIN, "PUT", VERSION, {"comment": "kept"})
    records += outlet.stream.records()
    world.ok(ADMIN, "POST", f"{VERSION}/publish")
    return records + outlet.stream.records()


def test_what_the_bus_may_take_later_comes_again_with_all_behind_it(world: HttpWorld, outlet: Outlet):
    records = three(world, outlet)
    outlet.buses.refuse = {"asset-versions.version.updated": "ThrottlingException"}
    (failed,) = outlet.publish(records)
    assert failed == records[1]["dynamodb"]["SequenceNumber"]
    outlet.buses.refuse = {}
    assert outlet.publish(records[1:]) == []
    told = kinds(outlet.told())
    assert told.index("version.created") < told.index("version.updated") < len(told) - 1
    assert told[-1] == "version.published"
    assert outlet.parked == []


def test_what_the_bus_never_takes_is_parked_with_its_reason_and_holds_up_nobody(
    world: HttpWorld, outlet: Outlet
):
    records = three(world, outlet)
    outlet.buses.refuse = {"asset-versions.version.updated": "MalformedDetail"}
    assert outlet.publish(records) == []
    assert kinds(outlet.told()) == ["version.created", "version.published"]
    (parked,) = outlet.parked
    assert parked["reason"] == "MalformedDetail: because"
    assert parked["record"]["dynamodb"]["Keys"] == records[1]["dynamodb"]["Keys"]


def test_a_record_that_can_not_be_read_is_parked_and_holds_up_nobody(world: HttpWorld, outlet: Outlet):
    records = three(world, outlet)
    del records[1]["dynamodb"]["NewImage"]["kind"]
    assert outlet.publish(records) == []
    assert kinds(outlet.told()) == ["version.created", "version.published"]
    assert outlet.parked[0]["reason"] == "KeyError: 'kind'"


def test_an_event_beyond_the_size_of_the_bus_is_parked(world: HttpWorld, outlet: Outlet):
    records = three(world, outlet)
    records[1]["dynamodb"]["NewImage"]["by"] = {"S": "n" * 260_000}
    assert outlet.publish(records) == []
    assert kinds(outlet.told()) == ["version.created", "version.published"]
    (parked,) = outlet.parked
    assert "bytes" in parked["reason"]
    assert parked["record"]["dynamodb"]["Keys"] == records[1]["dynamodb"]["Keys"]
    assert len(json.dumps(parked)) < 200_000, "a message of the queue holds it"


def test_while_the_bus_is_out_of_reach_everything_comes_again(world: HttpWorld, outlet: Outlet):
    records = three(world, outlet)
    outlet.buses.down = True
    assert outlet.publish(records) == [records[0]["dynamodb"]["SequenceNumber"]]
    assert outlet.parked == []


@pytest.mark.parametrize("last", ["ThrottlingException", "MalformedDetail"])
def test_of_several_that_were_refused_all_from_the_first_that_may_pass_on_come_again(
    world: HttpWorld, outlet: Outlet, last: str
):
    records = three(world, outlet)
    refuse = {"asset-versions.version.updated": "ThrottlingException"}
    outlet.buses.refuse = refuse | {"asset-versions.version.published": last}
    assert outlet.publish(records) == [records[1]["dynamodb"]["SequenceNumber"]]
    assert outlet.parked == [], "it comes again, too"


def test_nothing_more_is_sent_behind_what_may_pass_later(world: HttpWorld, outlet: Outlet):
    records = three(world, outlet)
    for _ in range(12):
        create(world)
        records += outlet.stream.records()
    outlet.buses.refuse = {"asset-versions.version.updated": "ThrottlingException"}
    assert outlet.publish(records) == [records[1]["dynamodb"]["SequenceNumber"]]
    assert len(outlet.told()) == 9, "what went out with it alone"
