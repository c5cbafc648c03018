"""An upload is one version, and that holds what was sent, whoever asks for it when, and how often."""

from collections.abc import Callable
from typing import Any

import pytest
from assetversions.engine import of_upload
from assetversions.engine.new_version import commit_next
from assetversions.storage.dynamodb.records import DynamoRecords

from tests.integration.access.test_upload_version import EDITOR, Body, Uploading, busy
from tests.integration.access.test_upload_version import uploading as uploading  # a fixture
from tests.simulation.aws import ASSETS
from tests.support.http_world import ASSET


def more_versions(uploading: Uploading, count: int) -> None:
    for _ in range(count):
        uploading.world.ok(EDITOR, "POST", f"{ASSET}/createVersion", {})


def count(uploading: Uploading) -> int:
    """How many versions there are."""
    total: int = uploading.ok("GET", "/versions")["meta"]["total"]
    return total


def between(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], Any]) -> list[Any]:
    """What `happens` once, while a version is about to be committed; what came of it."""
    came: list[Any] = []

    def late(*told: Any) -> Any:
        if not came:
            came.append(None)
            came[0] = happens()
        return commit_next(*told)

    monkeypatch.setattr("assetversions.engine.snapshot.commit_next", late)
    return came


def test_an_upload_makes_no_second_version_behind_many_others(uploading: Uploading) -> None:
    upload = uploading.send(uploading.request(), b"one")
    uploading.version(upload)
    more_versions(uploading, of_upload.PAGE + 1)
    before = count(uploading)
    uploading.version(upload)
    assert count(uploading) == before


def test_behind_more_than_are_looked_at_nothing_is_made(
    uploading: Uploading, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = uploading.send(uploading.request(), b"one")
    uploading.version(upload)
    more_versions(uploading, 3)
    monkeypatch.setattr(of_upload, "MOST_LOOKED_AT", 2)
    status, body = uploading.call("POST", "/version", {"upload_uuid": upload})
    assert (status, "so many versions" in body["error"]["message"]) == (409, True)
    assert uploading.numbers() == [1, 2, 3, 4]


@pytest.mark.parametrize("key", [None, "the same"])
def test_two_that_ask_for_a_version_of_one_upload_at_once_get_the_same(
    uploading: Uploading, monkeypatch: pytest.MonkeyPatch, key: str | None
) -> None:
    upload = uploading.send(uploading.request(), b"one")
    sent: Body = {"upload_uuid": upload}
    headers = {} if key is None else {"idempotency-key": key}
    came = between(monkeypatch, lambda: uploading.call("POST", "/version", sent, headers=headers))
    status, body = uploading.call("POST", "/version", sent, headers=headers)
    assert [status, came[0][0]] == [201, 201]
    assert body["versions"] == came[0][1]["versions"]
    assert uploading.numbers() == [1]


def test_a_version_of_an_upload_never_holds_what_another_one_has_brought(
    uploading: Uploading, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one was begun later, so S3 takes that for the newest."""
    mine, other = (uploading.send(uploading.request(), data) for data in (b"mine", b"another's"))
    between(monkeypatch, lambda: uploading.version(other))
    status, body = uploading.call("POST", "/version", {"upload_uuid": mine})
    held = [uploading.read(one["url"]) for one in uploading.ok("GET", "/versions")["data"]]
    assert (status, held) == (409, [b"another's"])
    assert "something newer stands" in body["error"]["message"]


def test_a_completed_upload_whose_file_was_replaced_is_no_version(
    uploading: Uploading, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = uploading.request()
    upload = uploading.send(asked, b"one")
    with monkeypatch.context() as broken:
        broken.setattr(DynamoRecords, "commit", busy)
        assert uploading.call("POST", "/version", {"upload_uuid": upload})[0] == 429
    uploading.world.account.s3.put_object(Bucket=ASSETS, Key=asked["key"], Body=b"a stranger's")
    status, _ = uploading.call("POST", "/version", {"upload_uuid": upload})
    assert (status, uploading.numbers()) == (409, [])
