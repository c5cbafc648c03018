"""What S3's events tell: at least once, in any order, and now and then something else."""

from datetime import UTC, datetime
from typing import Any

import pytest
from assetversions.domain.arrivals import Arrival, Told, Unreadable, states, told
from assetversions.domain.journal import ChangeKind, PathState

from tests.support.events import deleted, put

AT = datetime(2026, 3, 15, 10, 30, tzinfo=UTC)
SECONDS = int(AT.timestamp())


def test_a_put_names_its_key_as_it_is_and_its_object_version():
    found = told(put("db1/a1/a folder/é+ß%20.txt", "v1", AT, "0A"))
    assert found == Told("db1/a1/a folder/é+ß%20.txt", ChangeKind.PUT, "v1", SECONDS, "0A")


def test_a_delete_names_its_delete_marker():
    assert told(deleted("db1/a1/x", "m1", AT)) == Told("db1/a1/x", ChangeKind.DELETE, "m1", SECONDS, "0")


def test_of_what_is_destroyed_for_good_no_object_version_is_left():
    found = told(deleted("db1/a1/x", "v1", AT, deletion="Permanently Deleted"))
    assert found is not None
    assert (found.kind, found.version) == (ChangeKind.DELETE, None)


def test_a_bucket_without_versioning_makes_null_versions():
    event = put("db1/a1/x", "v1", AT)
    del event["detail"]["object"]["version-id"]
    found = told(event)
    assert found is not None
    assert found.version == "null"


def test_a_trial_of_s3_is_no_event():
    assert told({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "assets"}) is None


NO_TEXTS: list[Any] = [None, 5, [], {}, "a half \ud800"]


def thing(**other: Any) -> Any:
    """An event whose object is said otherwise."""
    event = put("db1/a1/x", "v1", AT)
    event["detail"]["object"] |= other
    return event


@pytest.mark.parametrize(
    "event",
    [
        {},
        [],
        "text",
        {"detail-type": "Object Tags Added", "detail": {}},
        put("db1/a1/x", "v1", AT) | {"time": "soon"},
        put("db1/a1/x", "v1", AT) | {"detail": {"object": {}}},
        put("db1/a1/x", "v1", AT) | {"detail": None},
        *(thing(**{fact: value}) for fact in ("key", "version-id", "sequencer") for value in NO_TEXTS),
        *(
            put("db1/a1/x", "v1", AT) | {"time": time}
            for time in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")
        ),
    ],
)
def test_anything_else_is_not_understood(event: Any):
    with pytest.raises(Unreadable):
        told(event)


def test_what_came_twice_counts_once_and_each_path_is_in_the_order_of_its_events():
    events = [
        put("b", "late", AT, "00B"),
        put("a", "only", AT, "00A"),
        put("b", "early", AT, "00A1"),
        deleted("b", "marker", AT, "00A2"),
        put("b", "late", AT, "00B"),
    ]
    arrivals = [Arrival(found.key, found) for event in events if (found := told(event))]
    assert states(arrivals, ChangeKind.PUT) == [
        PathState("a", None, "only", at=SECONDS),
        PathState("b", None, "early", at=SECONDS),
        PathState("b", None, "late", at=SECONDS),
    ]
    assert states(arrivals, ChangeKind.DELETE) == [PathState("b", None, "marker", at=SECONDS)]
