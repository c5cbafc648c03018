"""A session in which CloudFormation describes one stack, or none."""

from datetime import UTC, datetime
from typing import Any

import boto3
from botocore.stub import Stubber

REGION = "eu-central-1"


class Described:
    region_name = REGION

    def __init__(self, stack: dict[str, Any] | None) -> None:
        self._stack = stack

    def client(self, service: str) -> Any:
        cloudformation = boto3.Session("test", "test", region_name=REGION).client(service)
        stub = Stubber(cloudformation)
        if self._stack is None:
            reason = "Stack with id AssetVersions-dev does not exist"
            stub.add_client_error("describe_stacks", "ValidationError", reason)
        else:
            given = {"StackName": "any", "CreationTime": datetime.now(UTC), **self._stack}
            stub.add_response("describe_stacks", {"Stacks": [given]})
        stub.activate()
        return cloudformation
