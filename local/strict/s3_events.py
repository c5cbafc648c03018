"""Amazon S3 to EventBridge: what an event says of the object."""

import json
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from ministack.services import eventbridge, s3

from local.strict.patching import wrap

_version: ContextVar[str | None] = ContextVar("version", default=None)


def apply() -> None:
    events_name_the_object_version()


def events_name_the_object_version() -> None:
    """The `object` of an event in a bucket with versioning has the `version-id`.

    S3 User Guide, "EventBridge event message structure".
    """

    def fire(
        original: Callable[..., None],
        bucket_name: str,
        key: str,
        event_name: str,
        *args: Any,
        version_id: str | None = None,
        **how: Any,
    ) -> None:
        token = _version.set(version_id)
        try:
            original(bucket_name, key, event_name, *args, version_id=version_id, **how)
        finally:
            _version.reset(token)

    def dispatch(original: Callable[..., Any], event: dict[str, Any], *view: Any, **how: Any) -> Any:
        if event["Source"] == "aws.s3" and (version_id := _version.get()):
            detail = json.loads(event["Detail"])
            detail["object"]["version-id"] = version_id
            event = event | {"Detail": json.dumps(detail)}
        return original(event, *view, **how)

    wrap(s3, "_fire_s3_event", fire)
    wrap(eventbridge, "_dispatch_event", dispatch)
