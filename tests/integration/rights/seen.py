"""Notes what each function asks of AWS, as IAM has it: the action, its resource and the kind of item."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import partial
from types import SimpleNamespace
from typing import Any, NamedTuple

from assetversions.domain import zips
from assetversions.storage.dynamodb import keys
from botocore.config import Config

from infra.items import KINDS
from tests.simulation.aws import ASSETS

Asked = Mapping[str, Any]
# Actions of a transaction and of a batch, by the names that the requests have for them.
ITEM = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem"}
OBJECTS = {
    "put_object": "PutObject",
    "create_multipart_upload": "PutObject",
    "upload_part": "PutObject",
    "complete_multipart_upload": "PutObject",
    "abort_multipart_upload": "AbortMultipartUpload",
    "list_parts": "ListMultipartUploadParts",
    "delete_objects": "DeleteObject",
}
BUCKETS = {"list_objects_v2": "ListBucket", "list_object_versions": "ListBucketVersions"}
REST = {
    "start_execution": [("machine", "states:StartExecution")],
    "stop_execution": [("executions", "states:StopExecution")],
    "describe_execution": [("executions", "states:DescribeExecution")],
    "admin_get_user": [("users", "cognito-idp:AdminGetUser")],
    "admin_list_groups_for_user": [("users", "cognito-idp:AdminListGroupsForUser")],
    "invoke": [("look_at_person", "lambda:InvokeFunction")],
    # By the address or by its domain, whichever SES knows.
    "send_email": [(one, "ses:SendEmail") for one in ("sender", "sender's domain")],
}


class Call(NamedTuple):
    """`kind` is that of the item, where the call writes one."""

    function: str
    resource: str
    action: str
    kind: str = ""


class Seen:
    """What was asked for `by` a function; what nobody is said to have asked is of no interest."""

    def __init__(self) -> None:
        self.calls: set[Call] = set()
        self._function = ""

    @contextmanager
    def by(self, function: str) -> Iterator[None]:
        before, self._function = self._function, function
        try:
            yield
        finally:
            self._function = before

    def note(self, operation: str, asked: Asked) -> None:
        if self._function:
            self.calls |= {Call(self._function, *rest) for rest in _told(operation, asked)}

    def watch(self, aws: Any, own: Mapping[str, Any]) -> Any:
        """The same clients, but for the `own` ones, with an eye on every call."""

        def client(service: str, config: Config) -> _Watched:
            return _Watched(self, own[service] if service in own else aws.client(service, config))

        def table_client(config: Config) -> _Watched:
            return _Watched(self, aws.table_client(config))

        return SimpleNamespace(client=client, table_client=table_client)


class _Watched:
    def __init__(self, seen: Seen, client: Any) -> None:
        self._seen = seen
        self._client = client

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._client, name)
        if name in {"meta", "exceptions"}:
            return found
        own = {"get_paginator": self._pages, "generate_presigned_url": self._link}
        return own.get(name) or partial(self._call, name)

    def _call(self, name: str, /, **asked: Any) -> Any:
        self._seen.note(name, asked)
        return getattr(self._client, name)(**asked)

    def _link(self, name: str, /, Params: Asked, **how: Any) -> Any:
        """It may do what its signer may."""
        self._seen.note("get_zip" if Params["Key"].startswith(zips.PREFIX) else name, Params)
        return self._client.generate_presigned_url(name, Params=Params, **how)

    def _pages(self, name: str) -> Any:
        def paginate(**asked: Any) -> Any:
            self._seen.note(name, asked)
            return self._client.get_paginator(name).paginate(**asked)

        return SimpleNamespace(paginate=paginate)


def kind_of(partition: str) -> str:
    """Each item is of one kind."""
    (found,) = [kind for kind, pattern in KINDS.items() if fnmatchcase(partition, pattern)]
    return found


def _told(operation: str, asked: Asked) -> Iterator[tuple[str, ...]]:
    """The resource, the action and, where it writes an item, its kind."""
    if operation in {"encrypt", "decrypt"}:
        whose = "tickets key" if "ticket" in asked["EncryptionContext"] else "secrets key"
        yield whose, f"kms:{operation.capitalize()}"
    elif operation in REST:
        yield from REST[operation]
    elif operation == "get_user":
        return  # the token says who may
    elif operation == "send_message":
        yield asked["QueueUrl"].rpartition("/")[2], "sqs:SendMessage"
    elif operation == "put_events":
        for entry in asked["Entries"]:
            yield {"assets": "bus", "policy": "policy bus"}[entry["EventBusName"]], "events:PutEvents"
    elif "Bucket" in asked:
        yield from _of_bucket(operation, asked)
    else:
        yield from _of_table(operation, asked)


def _of_table(operation: str, asked: Asked) -> Iterator[tuple[str, ...]]:
    name = "".join(word.capitalize() for word in operation.split("_"))
    if operation == "transact_write_items":
        for action in asked["TransactItems"]:
            ((kind, one),) = action.items()
            yield "table", f"dynamodb:{ITEM[kind]}", _kind(one)
    elif operation == "batch_write_item":
        for rows in asked["RequestItems"].values():
            for row in rows:
                yield "table", f"dynamodb:{name}", _kind(*row.values())
    elif name in ITEM.values():
        yield "table", f"dynamodb:{name}", _kind(asked)
    else:
        yield "table", f"dynamodb:{name}"


def _kind(request: Asked) -> str:
    return kind_of((request.get("Item") or request["Key"])[keys.PARTITION])


def _of_bucket(operation: str, asked: Asked) -> Iterator[tuple[str, str]]:
    bucket, objects = ("assets", "asset objects"), ("manifests", "manifest objects")
    whole, inside = bucket if asked["Bucket"] == ASSETS else objects
    if operation == "get_zip":
        yield "zip objects", "s3:GetObject"
    elif operation in BUCKETS:
        yield whole, f"s3:{BUCKETS[operation]}"
    elif operation in OBJECTS:
        yield inside, f"s3:{OBJECTS[operation]}"
    elif operation in {"get_object", "head_object"}:
        yield inside, _versioned("s3:GetObject{}", asked)
        # Who may not list hears 403 instead of 404 where there is none.
        yield whole, "s3:ListBucket"
    elif operation == "get_object_tagging":
        yield inside, _versioned("s3:GetObject{}Tagging", asked)
    else:
        assert operation in {"copy_object", "upload_part_copy"}, operation
        yield inside, _versioned("s3:GetObject{}", asked["CopySource"])
        yield inside, "s3:PutObject"
        if operation == "copy_object":
            yield inside, _versioned("s3:GetObject{}Tagging", asked["CopySource"])
            yield inside, "s3:PutObjectTagging"


def _versioned(action: str, asked: Asked) -> str:
    return action.format("Version" if asked.get("VersionId") else "")
