"""What stands for the services beside the table and the buckets: they only remember."""

import json
from types import SimpleNamespace
from typing import Any

from assetversions.runtime import looking
from assetversions.storage.receivers import Answer
from botocore.exceptions import ClientError

from tests.integration.rights.seen import Seen
from tests.support.aws import sub_of
from tests.support.in_memory import Nothing, States
from tests.support.lambda_client import Context


class Pool:
    """Cognito, in which everybody is who they say they are."""

    exceptions = SimpleNamespace(
        UserNotFoundException=Nothing,
        InvalidParameterException=Nothing,
        NotAuthorizedException=Nothing,
        UserNotConfirmedException=Nothing,
        PasswordResetRequiredException=Nothing,
    )
    meta = SimpleNamespace(endpoint_url="https://cognito.example")

    def admin_get_user(self, Username: str, **_pool: str) -> dict[str, Any]:
        return {"Username": Username, "Enabled": True, **self.get_user(Username)}

    def get_user(self, AccessToken: str) -> dict[str, Any]:
        known = {"sub": sub_of(AccessToken), "email": "admin@example.com", "email_verified": "true"}
        return {"UserAttributes": [{"Name": name, "Value": value} for name, value in known.items()]}

    def get_paginator(self, _name: str) -> Any:
        return SimpleNamespace(paginate=lambda **_: [{"Groups": [{"GroupName": "admin"}]}])


class Lambda:
    """Calls the one function that another one may call."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen

    def invoke(self, FunctionName: str, Payload: bytes) -> dict[str, str]:
        with self._seen.by(FunctionName):
            looking.handler(json.loads(Payload), Context())
        return {}


class Machine(States):
    """`started` are the addresses of jobs; `status` is what it says of them; it may be `down`."""

    def __init__(self) -> None:
        self.started: list[dict[str, Any]] = []
        self.status, self.down = "RUNNING", False

    def start_execution(self, **asked: str) -> None:
        if self.down:
            raise ClientError({"Error": {"Code": "InternalError"}}, "StartExecution")
        self.started.append(json.loads(asked["input"]))

    def describe_execution(self, **_asked: str) -> dict[str, str]:
        return {"status": self.status}


class Ses:
    """Keeps the headers of what it was given."""

    def __init__(self) -> None:
        self.sent: list[dict[str, str]] = []

    def send_email(self, Content: Any, **_whom: Any) -> None:
        self.sent.append({one["Name"]: one["Value"] for one in Content["Simple"]["Headers"]})


class Receiver:
    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def post(self, *_sent: Any) -> Answer:
        return self._answer


def unreadable(record: dict[str, Any]) -> dict[str, Any]:
    changed = record["dynamodb"]
    return record | {"dynamodb": changed | {"NewImage": {}, "SequenceNumber": "9" * 21}}
