"""S3's events become change sets of their asset; a message in trouble holds up no other."""

import json
from datetime import timedelta
from typing import Any

import pytest
from assetversions.domain.journal import BUCKET, ChangeKind, PathState
from assetversions.domain.model import AssetRef
from assetversions.runtime import arrivals, stores, wiring
from assetversions.runtime.arrivals import handler

from tests.support.aws_faults import Calls
from tests.support.events import deleted, messages, put
from tests.support.lambda_client import Client, Context

REF = AssetRef("db1", "a1")
TRIAL = {"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "assets"}

ann = Client()


@pytest.fixture(autouse=True)
def assets(calls: Calls) -> None:
    ann("POST", "/database", {"databaseId": "db1", "description": "a database"})
    for name in ("a1", "a2", "x#y"):
        asset = {"databaseId": "db1", "assetId": name, "assetName": "A", "description": "an asset"}
        assert ann("POST", "/assets", asset).status == 200


def came(*events: object) -> list[str]:
    """The messages that are to come again."""
    answer = handler(messages(events), Context())
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def kept(ref: AssetRef = REF) -> dict[ChangeKind, list[PathState]]:
    """What waits for a version to take it in."""
    journal = stores.services(BUCKET, BUCKET, None).journal  # type: ignore[arg-type]
    return {change.kind: journal.paths(ref, change) for change in journal.sets(ref)}


def state(path: str, version: str | None) -> PathState:
    return PathState(path, None, version, at=int(NOW.timestamp()))


NOW = wiring.now()


def test_what_was_put_and_deleted_is_kept_for_its_asset():
    puts = [put(f"db1/a1/f{index:03d}", f"v{index}", NOW) for index in range(300)]
    assert came(*puts, deleted("db1/a1/old", "m1", NOW), put("db1/a2/other", "v1", NOW)) == []
    assert kept() == {
        ChangeKind.PUT: [state(f"f{index:03d}", f"v{index}") for index in range(300)],
        ChangeKind.DELETE: [state("old", "m1")],
    }
    assert kept(AssetRef("db1", "a2")) == {ChangeKind.PUT: [state("other", "v1")]}


def test_it_is_history_too_by_the_bucket():
    before = wiring.now()
    came(put("db1/a1/f", "v1", NOW))
    journal = stores.services(BUCKET, BUCKET, None).journal  # type: ignore[arg-type]
    (change,) = journal.sets(REF)
    assert (change.by, change.open) == (BUCKET, False)
    (closed,) = journal.told(REF, before, wiring.now() + timedelta(seconds=1))
    assert (closed.kind, closed.paths) == (ChangeKind.PUT, [state("f", "v1")])


def test_events_that_come_again_in_another_order_leave_the_same_paths():
    events = [put("db1/a1/f", "v1", NOW, "1"), put("db1/a1/f", "v2", NOW, "2"), deleted("db1/a1/f", "m", NOW)]
    assert came(*events) == came(*reversed(events)) == []
    assert kept() == {
        ChangeKind.PUT: [state("f", "v1"), state("f", "v2")],
        ChangeKind.DELETE: [state("f", "m")],
    }


def test_a_version_takes_in_what_came_and_the_next_batch_waits_for_the_next(s3: Any):
    found = s3.put_object(Bucket="assets", Key="db1/a1/f", Body=b"x")
    came(put("db1/a1/f", found["VersionId"], NOW))
    assert ann("POST", "/database/db1/assets/a1/createVersion").status == 200
    assert kept() == {}
    came(put("db1/a1/g", "v2", NOW))
    assert kept() == {ChangeKind.PUT: [state("g", "v2")]}


@pytest.mark.parametrize(
    "elsewhere",
    [
        TRIAL,
        put("x", "v1", NOW),
        put("db1/a1/", "v1", NOW),
        put("db1/missing/f", "v1", NOW),
        put("missing/a1/f", "v1", NOW),
        put("db1#x/y/f", "v1", NOW),
        put("//f", "v1", NOW),
        put("é" * 512, "v1", NOW),
        put(f"db1/{'é' * 500}/f", "v1", NOW),
    ],
)
def test_what_is_of_no_asset_does_no_harm(elsewhere: object):
    assert came(elsewhere, put("db1/a1/f", "v1", NOW)) == []
    assert kept() == {ChangeKind.PUT: [state("f", "v1")]}
    assert kept(AssetRef("db1", "x#y")) == {}


def test_what_is_of_no_asset_is_counted_and_named_in_one_line_a_call(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    lines: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(arrivals.logger, "info", lambda text, **facts: lines.append((text, facts)))
    nowhere = [put(f"db1/missing/{number}", "v1", NOW) for number in range(20)]
    came(TRIAL, *nowhere, put("x", "v1", NOW), put("db1/a1/f", "v1", NOW))
    (counted,) = map(json.loads, capsys.readouterr().out.splitlines())
    numbers = (counted[name] for name in ("FileEvents", "FileEventsElsewhere", "FileEventsFailed"))
    assert list(numbers) == [[21], [22], [0]]
    ((text, facts),) = lines
    assert (text, facts["elsewhere"], facts["failed"]) == ("Took in", 22, 0)
    assert facts["places"] == ["db1/missing/", "trial", "x"]


def odd(**other: object) -> str:
    """An event of an asset whose object is said as S3 never would."""
    event = put("db1/a1/f", "v0", NOW)
    event["detail"]["object"] |= other
    return json.dumps(event)


@pytest.mark.parametrize(
    "poison",
    [
        "no JSON",
        "[]",
        "{}",
        '{"detail-type": "Object Created"}',
        "[" * 100_000,
        odd(key=5),
        odd(key="db1/a1/\ud800"),
        odd(sequencer=5),
        odd(**{"version-id": {}}),
    ],
)
def test_what_can_not_be_read_comes_again_by_itself(poison: str):
    assert came(put("db1/a1/f", "v1", NOW), poison) == ["1"]
    assert kept() == {ChangeKind.PUT: [state("f", "v1")]}


def test_an_asset_in_trouble_holds_up_no_other(calls: Calls):
    calls.fail(1, operation="TransactWriteItems", for_good=False)
    came_again = came(put("db1/a1/f", "v1", NOW), put("db1/a2/f", "v1", NOW), put("db1/a1/g", "v1", NOW))
    calls.clear()
    assert (came_again, kept()) == (["0", "2"], {})
    assert kept(AssetRef("db1", "a2")) == {ChangeKind.PUT: [state("f", "v1")]}
    assert came(put("db1/a1/f", "v1", NOW), put("db1/a1/g", "v1", NOW)) == []
    assert kept() == {ChangeKind.PUT: [state("f", "v1"), state("g", "v1")]}


def test_a_thousand_puts_cost_a_write_for_each_hundred_at_most(calls: Calls):
    calls.clear()
    assert came(*(put(f"db1/a1/f{index}", "v1", NOW) for index in range(1_000))) == []
    # What a batch has written is at most its 25 items.
    writes = [name for name in calls.names if name not in {"GetItem", "Query"}]
    assert sorted(writes) == ["BatchWriteItem", "TransactWriteItems"]
    assert len(calls.names) - len(writes) <= 3


def test_the_folders_of_a_database_are_told_whatever_is_in_them(s3: Any):
    keys = ["db1/a/x", "db1/a/y/z", "db1/é b/x", "db1/file", "db10/c/x", "db1/a2/f"]
    for key in keys:
        s3.put_object(Bucket="assets", Key=key, Body=b"x")
    assert list(stores.history().folders("db1")) == ["a", "a2", "é b"]
