"""What AWS may answer that moto never does: each answer is cured, translated or raised, none is skipped."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
import zstandard
from assetversions.domain.errors import Busy, Conflict, Error, LostRace, NotFound
from assetversions.domain.manifests.manifest import Damaged, Entry, decode_root
from assetversions.domain.manifests.merge import rows
from assetversions.domain.model import Asset, AssetRef, Database
from assetversions.domain.once import Once, Receipt
from assetversions.domain.policy import PolicyChange, PolicyEvent, Role
from assetversions.domain.uploads import Upload, UploadState
from assetversions.storage.attempts import ATTEMPTS
from assetversions.storage.dynamodb import items, keys
from assetversions.storage.dynamodb.policy_store import PolicyStore
from assetversions.storage.dynamodb.records import DynamoRecords
from assetversions.storage.dynamodb.subscriptions import DynamoSubscriptions
from assetversions.storage.dynamodb.table import Cancelled, Table
from assetversions.storage.dynamodb.uploads import DynamoUploads
from assetversions.storage.s3.copier import Copier
from assetversions.storage.s3.manifests import S3Manifests
from assetversions.storage.s3.object_keys import AssetsBucket
from assetversions.storage.s3.working_files import S3Files
from botocore.exceptions import ClientError

from tests.contract.records_suite import an_asset, creating

REF = AssetRef("db1", "a1")
NOW = datetime(2026, 3, 15, tzinfo=UTC)
THROTTLED = "ThrottlingError"
PUT = {"ContentLength": 1, "ETag": '"e"', "LastModified": NOW, "VersionId": "v2"}


class Stub:
    """A client whose methods give these answers in turn; an exception is raised."""

    def __init__(self, **answers: list[Any]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def __getattr__(self, method: str) -> Any:
        def call(**request: Any) -> Any:
            self.asked.append((method, request))
            answer = self.answers[method].pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer

        return call

    def get_paginator(self, method: str) -> Any:
        """Of a list of lists, each walk through the pages sees the next one."""
        pages = self.answers[method]

        def paginate(**_request: Any) -> Any:
            return iter(pages.pop(0) if isinstance(pages[0], list) else pages)

        return type("Paginator", (), {"paginate": staticmethod(paginate)})


def refusal(code: str, **more: Any) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": ""}, **more}, "Operation")


def cancelled(*codes: str) -> ClientError:
    return refusal("TransactionCanceledException", CancellationReasons=[{"Code": code} for code in codes])


def over(stub: Stub) -> S3Files:
    pool = ThreadPoolExecutor(1)
    return S3Files(stub, AssetsBucket("assets"), pool, Copier(stub, AssetsBucket("assets"), pool))


def files(**answers: list[Any]) -> S3Files:
    return over(Stub(**answers))


def listing(*paths: str) -> list[dict[str, Any]]:
    rows = [{"Key": f"db1/a1/{path}", "Size": 1, "ETag": '"e"', "LastModified": NOW} for path in paths]
    return [{"Contents": rows}]


def commit_error(*codes: str, alias: str | None = "gold") -> BaseException:
    """What a commit of a new version (head, version, alias, event) raises for these reasons."""
    head: Asset = an_asset("db1")
    records = DynamoRecords(Table(Stub(transact_write_items=[cancelled(*codes)]), "table"))
    with pytest.raises((Error, Cancelled)) as raised:
        records.commit(creating(head, 1, alias))
    return raised.value


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assetversions.storage.attempts.random.uniform", lambda _low, _high: 0.0)


def test_keys_that_were_not_processed_are_asked_for_again():
    wanted = [keys.database("db1"), keys.database("db2")]
    rest = {"table": {"Keys": [wanted[1]], "ConsistentRead": True}}
    stub = Stub(
        batch_get_item=[
            {"Responses": {"table": [{**wanted[0], "n": 1}]}, "UnprocessedKeys": rest},
            {"Responses": {"table": [{**wanted[1], "n": 2}]}},
        ]
    )
    found = Table(stub, "table").get_many(wanted)
    assert [item and item["n"] for item in found] == [1, 2]
    assert stub.asked[1][1] == {"RequestItems": rest}


def test_keys_that_are_never_processed_are_an_error_not_an_absence():
    never = {"Responses": {}, "UnprocessedKeys": {"table": {"Keys": [keys.database("db1")]}}}
    with pytest.raises(Busy):
        Table(Stub(batch_get_item=[never] * ATTEMPTS), "table").get_many([keys.database("db1")])


def test_a_listing_goes_on_behind_an_empty_page():
    pages = [{"Items": [], "LastEvaluatedKey": {"PK": "p", "SK": "1"}}, {"Items": [{"n": 2}]}]
    assert list(Table(Stub(query=pages), "table").query("p", prefix="V#")) == [{"n": 2}]


def test_the_reasons_of_a_cancelled_commit_are_told_apart():
    taken = commit_error("None", "None", "ConditionalCheckFailed", "None")
    assert isinstance(taken, Conflict)
    assert not isinstance(taken, LostRace)
    assert isinstance(commit_error("None", "ConditionalCheckFailed", "None", "None"), LostRace)
    assert isinstance(
        commit_error("ConditionalCheckFailed", "None", "ConditionalCheckFailed", "None"), LostRace
    )
    assert isinstance(commit_error("ConditionalCheckFailed", "None", "None", "None"), LostRace)


def test_a_collision_of_transactions_is_a_lost_race_and_throttling_is_not():
    assert isinstance(commit_error("None", "TransactionConflict", "None", "None"), LostRace)
    assert isinstance(commit_error("None", THROTTLED, "None", "None"), Busy)
    assert isinstance(commit_error("ProvisionedThroughputExceeded", "None", "None", "None"), Busy)


def test_a_reason_that_nobody_expects_stays_an_error_of_our_own():
    assert isinstance(commit_error("None", "ValidationError", "None", "None"), Cancelled)
    ann, receipt = frozenset({"ann"}), Receipt(Once("name", "request", NOW), None)
    upload = Upload("upload", REF, "ann", NOW, ())
    change = PolicyChange(
        None, Role("role", ""), PolicyEvent("event", "role.put", "role", NOW, "sub-of-ann", "ann")
    )
    writes: list[Callable[[Table], None]] = [
        lambda table: DynamoSubscriptions(table).add(REF, ann, receipt),
        lambda table: DynamoSubscriptions(table).remove(REF, ann, receipt),
        lambda table: DynamoUploads(table).end(upload, UploadState.ABORTED, NOW, receipt),
        lambda table: PolicyStore(table).commit(change, 0, receipt),
    ]
    for write in writes:
        stub = Stub(transact_write_items=[cancelled("None", "ValidationError", "None")])
        with pytest.raises(Cancelled):
            write(Table(stub, "table"))


def test_who_is_in_is_told_apart_from_a_store_that_has_too_much_to_do():
    """Nobody is told that they are subscribed, or not, where the table only had no time."""
    ann = frozenset({"ann"})
    for change, refused in ((DynamoSubscriptions.add, Conflict), (DynamoSubscriptions.remove, NotFound)):
        for code, error in (("ConditionalCheckFailedException", refused), ("ThrottlingException", Busy)):
            stub = Stub(update_item=[refusal(code)] * ATTEMPTS)
            with pytest.raises(error):
                change(DynamoSubscriptions(Table(stub, "table")), REF, ann)


def test_what_meets_a_transaction_of_others_is_tried_again():
    ann = frozenset({"ann"})
    stub = Stub(update_item=[refusal("TransactionConflictException")] * 3 + [{}])
    DynamoSubscriptions(Table(stub, "table")).add(REF, ann)
    database = items.from_database(Database("db1", "a database", NOW, "ann"))
    met = cancelled("None", "TransactionConflict", "None")
    stub = Stub(get_item=[{"Item": database}], transact_write_items=[met, {}])
    DynamoRecords(Table(stub, "table")).add_asset(an_asset("db1"))
    assert [method for method, _ in stub.asked] == ["get_item", *["transact_write_items"] * 2]


def test_an_error_that_is_no_cancellation_is_raised_as_it_is():
    records = DynamoRecords(Table(Stub(transact_write_items=[refusal("AccessDeniedException")]), "table"))
    with pytest.raises(ClientError):
        records.commit(creating(an_asset("db1"), 1))


def old_versions(path: str, count: int) -> dict[str, Any]:
    """A listing that shows nothing which is newest, and is not the last."""
    row = {"Key": f"db1/a1/{path}", "IsLatest": False, "VersionId": "v", "Size": 1, "ETag": '"e"'}
    return {"Versions": [row] * count, "IsTruncated": True, "NextKeyMarker": row["Key"]}


@pytest.mark.parametrize("base", [None, []], ids=["first", "beside a base"])
def test_a_reading_can_be_ended_by_listings_that_show_no_file_of_now(base: list[Entry] | None):
    pages = [old_versions("a", 3), old_versions("a", 3), old_versions("a", 3)]
    stub = files(list_object_versions=pages, list_objects_v2=[{}, {}, {}])
    reading, seen = stub.working(REF, base), list[None]()

    def watch() -> None:
        seen.append(None)
        if len(seen) == 2:
            raise Busy("It is enough.")

    reading.watch = watch
    with pytest.raises(Busy, match="enough"):
        list(reading.rows)
    assert len(seen) == 2, "nothing more was listed"


def test_a_file_that_vanishes_between_listing_and_head_is_listed_again():
    """It may have been renamed: what is left out under its old name may be there under a new one."""
    answers = [refusal("404"), PUT, PUT, PUT]
    stub = files(list_objects_v2=[listing("gone", "kept"), listing("kept", "renamed")], head_object=answers)
    assert [row.path for row in stub.working(REF, []).rows if row.current] == ["kept", "renamed"]


def test_files_that_change_faster_than_they_can_be_read_are_not_guessed():
    answers = [refusal("404")] * 10
    stub = files(list_objects_v2=[listing("gone")] * 10, head_object=answers)
    with pytest.raises(Busy):
        list(stub.working(REF, []).rows)


@pytest.mark.parametrize("code", ["400", "403", "405", "500", "503", "SlowDown"])
def test_a_file_that_cannot_be_looked_at_fails_the_snapshot(code: str):
    stub = files(list_objects_v2=listing("odd", "kept"), head_object=[refusal(code)] * 4)
    with pytest.raises(ClientError):
        list(stub.working(REF, []).rows)


def undeleted(code: str, *paths: str) -> dict[str, Any]:
    return {"Errors": [{"Key": f"db1/a1/{path}", "Code": code, "Message": ""} for path in paths]}


@pytest.mark.parametrize("code", ["InternalError", "SlowDown", "ServiceUnavailable"])
def test_files_that_s3_had_no_time_to_delete_are_sent_again_alone(code: str):
    stub = Stub(delete_objects=[undeleted(code, "b", "c"), undeleted(code, "c"), {}])
    over(stub).delete(REF, ["a", "b", "c"])
    sent = [[one["Key"][7:] for one in request["Delete"]["Objects"]] for _, request in stub.asked]
    assert sent == [["a", "b", "c"], ["b", "c"], ["c"]]


def test_files_that_s3_never_has_time_to_delete_are_left_for_another_time():
    stub = Stub(delete_objects=[undeleted("SlowDown", "b")] * (ATTEMPTS + 1))
    with pytest.raises(Busy):
        over(stub).delete(REF, ["a", "b"])
    assert len(stub.asked) == ATTEMPTS


@pytest.mark.parametrize("also", [[], ["SlowDown"]])
def test_a_delete_that_is_denied_is_an_error_at_once(also: list[str]):
    denied = undeleted("AccessDenied", "b")
    for code in also:
        denied["Errors"] += undeleted(code, "c")["Errors"]
    stub = Stub(delete_objects=[denied])
    with pytest.raises(RuntimeError, match="1 files were not deleted"):
        over(stub).delete(REF, ["a", "b", "c"])


def test_more_than_a_thousand_deletes_go_in_batches():
    stub = Stub(delete_objects=[{}, {}])
    over(stub).delete(REF, [f"f{index}" for index in range(1500)])
    assert [len(request["Delete"]["Objects"]) for _, request in stub.asked] == [1000, 500]


def test_a_manifest_that_does_not_hold_what_its_name_says_is_not_read():
    body = {"Body": BytesIO(zstandard.compress(b'{"format":1,"files":0,"bytes":0,"chunks":0}\n'))}
    with pytest.raises(Damaged, match="does not hold"):
        S3Manifests(Stub(get_object=[body]), "manifests").root(7, "0" * 64)


def test_chunks_that_are_stored_already_are_not_sent_again():
    entries = [Entry(f"f{index:04d}", "v", 1, "e", 0) for index in range(200)]
    stub = Stub(put_object=[{}] * 200)
    store = S3Manifests(stub, "manifests", target=8)
    digest = store.write(7, rows([], entries), None).digest
    sent = {request["Key"]: request["Body"] for _, request in stub.asked}
    assert len(sent) > 10
    known = decode_root(zstandard.decompress(next(body for key, body in sent.items() if digest in key)))
    stub.asked.clear()
    store.write(7, rows(entries, entries), known)
    assert stub.asked == []
    changed = [*entries[:100], entries[100]._replace(version_id="w"), *entries[101:]]
    store.write(7, rows(entries, changed), known)
    assert len(stub.asked) == 2, "the chunk that changed, and the root"
