"""S3's events, as EventBridge hands them on and SQS gives them to a function."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

Event = dict[str, Any]


def put(key: str, version: str, at: datetime, order: str = "0") -> Event:
    return _event("Object Created", key, version, at, order, {"reason": "PutObject"})


def deleted(
    key: str, version: str, at: datetime, order: str = "0", deletion: str = "Delete Marker Created"
) -> Event:
    more = {"reason": "DeleteObject", "deletion-type": deletion}
    return _event("Object Deleted", key, version, at, order, more)


def messages(events: Iterable[object]) -> Event:
    """What Lambda is called with; the ids of the messages are 0, 1, 2 …; a text is taken as it is."""
    bodies = (event if isinstance(event, str) else json.dumps(event) for event in events)
    return {"Records": [{"messageId": str(index), "body": body} for index, body in enumerate(bodies)]}


def _event(kind: str, key: str, version: str, at: datetime, order: str, more: dict[str, str]) -> Event:
    return {
        "version": "0",
        "detail-type": kind,
        "source": "aws.s3",
        "time": at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "detail": {
            "version": "0",
            "bucket": {"name": "assets"},
            "object": {"key": key, "version-id": version, "sequencer": order},
            **more,
        },
    }
