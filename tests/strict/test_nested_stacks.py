"""Nested stacks live as stacks do."""

import json
import time
import uuid
from typing import Any

import pytest

from local.aws import client

TABLE = {
    "Type": "AWS::DynamoDB::Table",
    "Properties": {
        "KeySchema": [{"AttributeName": "PK", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "PK", "AttributeType": "S"}],
        "BillingMode": "PAY_PER_REQUEST",
    },
}
# Its name can't be resolved, so it fails after the table that it waits for was made.
BROKEN = {
    "Type": "AWS::SQS::Queue",
    "Properties": {"QueueName": {"Fn::GetAtt": ["Added", "Nothing"]}},
}
ARN = {"Arn": {"Value": {"Fn::GetAtt": ["Table", "Arn"]}}}


class Stacks:
    """A parent with two nested stacks, A and B."""

    def __init__(self, endpoint: str):
        self.endpoint = endpoint
        self.name = f"parent-{uuid.uuid4().hex[:8]}"
        self.cloudformation = client("cloudformation", endpoint)
        self.dynamodb = client("dynamodb", endpoint)
        self.s3 = client("s3", endpoint)
        self.s3.create_bucket(Bucket=self.name)

    def deploy(self, **resources_of: dict[str, Any]) -> str:
        """Create or update the parent; the status it ends in."""
        template = json.dumps(
            {
                "Resources": {name: self._nested(found) for name, found in resources_of.items()},
                "Outputs": {name: {"Value": {"Fn::GetAtt": [name, "Outputs.Arn"]}} for name in resources_of},
            }
        )
        kind = "update" if self.exists() else "create"
        getattr(self.cloudformation, f"{kind}_stack")(StackName=self.name, TemplateBody=template)
        return self.settled()

    def _nested(self, resources: dict[str, Any]) -> dict[str, Any]:
        body = json.dumps({"Resources": resources, "Outputs": ARN}, sort_keys=True)
        key = f"{uuid.uuid5(uuid.NAMESPACE_OID, body)}.json"
        self.s3.put_object(Bucket=self.name, Key=key, Body=body)
        url = f"{self.endpoint}/{self.name}/{key}"
        return {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": url}}

    def delete(self) -> str:
        self.cloudformation.delete_stack(StackName=self.name)
        return self.settled()

    def exists(self) -> bool:
        found = self.cloudformation.list_stacks()["StackSummaries"]
        return self.name in {stack["StackName"] for stack in found}

    def settled(self) -> str:
        deadline = time.monotonic() + 20
        while True:
            stacks = self.cloudformation.list_stacks()["StackSummaries"]
            status = next(one["StackStatus"] for one in stacks if one["StackName"] == self.name)
            if not status.endswith("IN_PROGRESS"):
                return str(status)
            assert time.monotonic() < deadline, status
            time.sleep(0.05)

    def outputs(self) -> dict[str, str]:
        stack = self.cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]
        return {one["OutputKey"]: one["OutputValue"] for one in stack["Outputs"]}

    def updated(self, nested: str) -> Any:
        resource = self.cloudformation.describe_stack_resource(StackName=self.name, LogicalResourceId=nested)
        child = resource["StackResourceDetail"]["PhysicalResourceId"]
        return self.cloudformation.describe_stacks(StackName=child)["Stacks"][0]["LastUpdatedTime"]

    def tables(self) -> set[str]:
        """Which logical tables of these stacks there are."""
        names = self.dynamodb.list_tables()["TableNames"]
        return {name.split("-")[-2] for name in names if name.startswith(self.name)}


@pytest.fixture
def stacks(engine: str) -> Stacks:
    return Stacks(engine)


def test_an_update_keeps_the_attributes_of_what_it_leaves_alone(stacks: Stacks) -> None:
    assert stacks.deploy(A={"Table": TABLE}, B={"Table": TABLE}) == "CREATE_COMPLETE"
    before, a_updated, b_updated = stacks.outputs(), stacks.updated("A"), stacks.updated("B")
    assert stacks.deploy(A={"Table": TABLE}, B={"Table": TABLE, "Added": TABLE}) == "UPDATE_COMPLETE"
    assert stacks.outputs() == before
    assert stacks.tables() == {"Table", "Added"}
    assert (stacks.updated("A"), stacks.updated("B") > b_updated) == (a_updated, True)


def test_a_nested_stack_that_fails_leaves_nothing_behind(stacks: Stacks) -> None:
    status = stacks.deploy(A={"Table": TABLE}, B={"Table": TABLE, "Added": TABLE, "Broken": BROKEN})
    assert (status, stacks.tables()) == ("ROLLBACK_COMPLETE", set())


def test_a_nested_update_that_fails_is_rolled_back(stacks: Stacks) -> None:
    stacks.deploy(A={"Table": TABLE}, B={"Table": TABLE})
    before = stacks.outputs()
    status = stacks.deploy(A={"Table": TABLE}, B={"Table": TABLE, "Added": TABLE, "Broken": BROKEN})
    assert (status, stacks.tables()) == ("UPDATE_ROLLBACK_COMPLETE", {"Table"})
    assert stacks.outputs() == before
    assert stacks.deploy(A={"Table": TABLE}, B={"Table": TABLE, "Added": TABLE}) == "UPDATE_COMPLETE"


def test_a_delete_heeds_the_policies_of_nested_resources(stacks: Stacks) -> None:
    stacks.deploy(A={"Table": TABLE, "Kept": {**TABLE, "DeletionPolicy": "Retain"}})
    assert (stacks.delete(), stacks.tables()) == ("DELETE_COMPLETE", {"Kept"})
