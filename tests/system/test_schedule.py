"""All assets are reconciled by the clock: the deployed function begins jobs, with its own rights alone."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from assetversions.domain.jobs import SCHEDULE, Round
from assetversions.domain.model import AssetRef
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.rounds import DynamoRounds

from local.system import System
from tests.system.arriving import table, until
from tests.system.client import Asset, api, asset_body, function_name


def call(system: System) -> None:
    """As the rule does it, every minute."""
    name = function_name(system, "reconcile_assets")
    reply = system.client("lambda").invoke(FunctionName=name, Payload=b"{}")
    assert "FunctionError" not in reply, reply["Payload"].read()


def last_database(system: System) -> str:
    """Behind those of all other tests."""
    name = f"zzzz-{uuid4().hex[:12]}"
    api(system, "editor").ok("POST", "/database", json={"databaseId": name, "description": "Made by a test"})
    return name


def jobs(system: System, asset: Asset) -> list[Any]:
    partition = keys.asset_partition(asset.database_id, asset.asset_id)
    return list(table(system).query(partition, prefix=keys.JOB_PREFIX))


def test_a_call_goes_on_with_the_round_and_reconciles_each_asset_once(system: System) -> None:
    editor, database, rounds = api(system, "editor"), last_database(system), DynamoRounds(table(system))
    assets = [Asset(system, editor, database, f"a{number}") for number in range(3)]
    for asset in assets:
        editor.ok("POST", "/assets", json=asset_body(database, asset.asset_id))
        asset.put("a.txt", b"one")
    assert assets[0].create().status_code == 200
    # What other tests have left is behind the round.
    come = Round(datetime.now(UTC).replace(microsecond=0), AssetRef(database, ""))
    rounds.put(None, come)
    call(system)
    assert rounds.get() == Round(come.began, AssetRef(database, "a2"), over=True, rev=2)
    for asset in assets:
        (job,) = jobs(system, asset)
        assert (job["kind"], job["requested_by"]) == ("reconcile", SCHEDULE)
        path = f"operations/{job['job_id']}"
        until(lambda asset=asset, path=path: over(asset, path), "the job ends")  # type: ignore[misc]
        assert asset.call("GET", path).json()["report"]["comparedFiles"] == 1
    rounds.put(Round(come.began, rev=2), Round(come.began, come.after, rev=3))
    call(system)
    assert [len(jobs(system, asset)) for asset in assets] == [1, 1, 1]


def over(asset: Asset, job: str) -> bool:
    found = asset.call("GET", job).json()
    assert found["state"] != "failed", found
    return bool(found["state"] == "succeeded")
