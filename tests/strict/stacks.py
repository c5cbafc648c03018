"""One CloudFormation stack, for the tests of what CloudFormation does."""

import json
import time
import uuid
from typing import Any

from local.aws import client

TABLE = {
    "Type": "AWS::DynamoDB::Table",
    "Properties": {
        "KeySchema": [{"AttributeName": "PK", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "PK", "AttributeType": "S"}],
        "BillingMode": "PAY_PER_REQUEST",
    },
}


class Stack:
    """A stack under a name of its own."""

    def __init__(self, endpoint: str):
        self.endpoint = endpoint
        self.name = f"stack-{uuid.uuid4().hex[:8]}"
        self.cloudformation = client("cloudformation", endpoint)

    def deploy(self, template: dict[str, Any]) -> str:
        """Create or update it; the status it ends in."""
        kind = "update" if self._status() else "create"
        change = {"TemplateBody": json.dumps(template), "Capabilities": ["CAPABILITY_NAMED_IAM"]}
        getattr(self.cloudformation, f"{kind}_stack")(StackName=self.name, **change)
        return self._settled()

    def delete(self) -> str:
        """Delete it; the status it ends in."""
        self.cloudformation.delete_stack(StackName=self.name)
        return self._settled()

    def reasons(self) -> str:
        """Why resources failed."""
        pages = self.cloudformation.get_paginator("describe_stack_events").paginate(StackName=self.name)
        events = [event for page in pages for event in page["StackEvents"]]
        failed = [event for event in events if event["ResourceStatus"].endswith("FAILED")]
        return "\n".join(event.get("ResourceStatusReason", "") for event in failed)

    def _status(self) -> str:
        found = self.cloudformation.list_stacks()["StackSummaries"]
        return next((stack["StackStatus"] for stack in found if stack["StackName"] == self.name), "")

    def _settled(self) -> str:
        deadline = time.monotonic() + 20
        while (status := self._status()).endswith("IN_PROGRESS"):
            assert time.monotonic() < deadline, status
            time.sleep(0.05)
        return status
