"""Writes side by side that fail: none is still under way, and what nobody knows the end of says so."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest.mock import Mock

import pytest
from assetversions.domain.errors import IndeterminateWrite
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.files import Source
from assetversions.storage.s3.object_keys import AssetsBucket
from assetversions.storage.s3.working_files import S3Files
from assetversions.storage.s3.write_outcome import known_outcome, run_concurrently
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError


def refused(attempts: int = 0) -> ClientError:
    facts: Any = {"HTTPStatusCode": 403, "RetryAttempts": attempts}
    return ClientError({"Error": {"Code": "AccessDenied"}, "ResponseMetadata": facts}, "CopyObject")


def test_results_come_in_the_order_of_the_items():
    with ThreadPoolExecutor(3) as pool:
        assert run_concurrently(pool, lambda item: item * 2, [3, 1, 2]) == [6, 2, 4]
        assert run_concurrently(pool, lambda item: item * 2, []) == []


def test_what_is_under_way_when_a_write_fails_is_waited_for_and_the_rest_not_begun():
    later, ended = threading.Event(), []

    def write(item: str) -> None:
        if item == "bad":
            threading.Timer(0.05, later.set).start()  # an error that waits for nothing would come first
            raise refused()
        later.wait(10)
        ended.append(item)

    items = ["slow", "bad", *(f"later{index}" for index in range(100))]
    with ThreadPoolExecutor(2) as pool:
        with pytest.raises(ClientError):
            run_concurrently(pool, write, items)
        known = list(ended)
    assert "slow" in known
    assert ended == known, "nothing went on afterwards"
    assert len(ended) < len(items) - 1


@pytest.mark.parametrize(
    ("error", "seen"),
    [
        (refused(), ClientError),
        (refused(attempts=1), IndeterminateWrite),
        (ReadTimeoutError(endpoint_url="s3"), IndeterminateWrite),
        (ConnectionClosedError(endpoint_url="s3"), IndeterminateWrite),
        (ConnectionError("closed"), IndeterminateWrite),
    ],
)
def test_only_an_answer_to_the_first_attempt_says_that_nothing_will_happen(
    error: Exception, seen: type[Exception]
):
    with pytest.raises(seen), known_outcome():
        raise error


@pytest.mark.parametrize("errors", [[refused(), ConnectionError()], [ConnectionError(), refused()]])
def test_of_several_failures_the_unanswered_one_is_told(errors: list[Exception]):
    both = threading.Barrier(2)

    def write(error: Exception) -> None:
        both.wait(10)
        raise error

    with ThreadPoolExecutor(2) as pool, pytest.raises(IndeterminateWrite):
        run_concurrently(pool, write, errors)


@pytest.mark.parametrize("write", ["copy", "delete"])
def test_writes_of_working_files_say_so(write: str):
    away = Mock(**{"copy.side_effect": ConnectionError, "delete_objects.side_effect": ConnectionError})
    ref, entry = AssetRef("db1", "a1"), Entry("a", "v1", 1, "e", 0)
    with ThreadPoolExecutor(1) as pool, pytest.raises(IndeterminateWrite):
        files = S3Files(away, AssetsBucket("assets"), pool, away)
        files.copy(ref, [Source(entry)]) if write == "copy" else files.delete(ref, [entry.path])
