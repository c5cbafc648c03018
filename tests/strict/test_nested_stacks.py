"""Nested stacks live as stacks do."""

import json
import uuid
from typing import Any

import pytest

from local.aws import client
from tests.strict.stacks import TABLE, Stack

# Its name can't be resolved, so it fails after the table that it waits for was made.
BROKEN = {
    "Type": "AWS::SQS::Queue",
    "Properties": {"QueueName": {"Fn::GetAtt": ["Added", "Nothing"]}},
}
ARN = {"Arn": {"Value": {"Fn::GetAtt": ["Table", "Arn"]}}}


class Parent(Stack):
    """A stack of nested stacks with tables in them."""

    def __init__(self, endpoint: str):
        super().__init__(endpoint)
        self.dynamodb = client("dynamodb", endpoint)
        self.s3 = client("s3", endpoint)
        self.s3.create_bucket(Bucket=self.name)

    def hold(self, **resources_of: dict[str, Any]) -> str:
        """Have nested stacks of these names with these resources; the status the parent ends in."""
        nested = {name: self._nested(resources) for name, resources in resources_of.items()}
        outputs = {name: {"Value": {"Fn::GetAtt": [name, "Outputs.Arn"]}} for name in nested}
        return self.deploy({"Resources": nested, "Outputs": outputs})

    def _nested(self, resources: dict[str, Any]) -> dict[str, Any]:
        body = json.dumps({"Resources": resources, "Outputs": ARN}, sort_keys=True)
        key = f"{uuid.uuid5(uuid.NAMESPACE_OID, body)}.json"
        self.s3.put_object(Bucket=self.name, Key=key, Body=body)
        url = f"{self.endpoint}/{self.name}/{key}"
        return {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": url}}

    def outputs(self) -> dict[str, str]:
        stack = self.cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]
        return {one["OutputKey"]: one["OutputValue"] for one in stack["Outputs"]}

    def updated(self, nested: str) -> Any:
        resource = self.cloudformation.describe_stack_resource(StackName=self.name, LogicalResourceId=nested)
        child = resource["StackResourceDetail"]["PhysicalResourceId"]
        return self.cloudformation.describe_stacks(StackName=child)["Stacks"][0]["LastUpdatedTime"]

    def tables(self) -> set[str]:
        """Which tables there are, by their names in the templates."""
        names = self.dynamodb.list_tables()["TableNames"]
        return {name.split("-")[-2] for name in names if name.startswith(self.name)}


@pytest.fixture
def parent(engine: str) -> Parent:
    return Parent(engine)


def test_an_update_keeps_the_attributes_of_what_it_leaves_alone(parent: Parent) -> None:
    assert parent.hold(A={"Table": TABLE}, B={"Table": TABLE}) == "CREATE_COMPLETE"
    before, a_updated, b_updated = parent.outputs(), parent.updated("A"), parent.updated("B")
    assert parent.hold(A={"Table": TABLE}, B={"Table": TABLE, "Added": TABLE}) == "UPDATE_COMPLETE"
    assert parent.outputs() == before
    assert parent.tables() == {"Table", "Added"}
    assert (parent.updated("A"), parent.updated("B") > b_updated) == (a_updated, True)


def test_a_nested_stack_that_fails_leaves_nothing_behind(parent: Parent) -> None:
    status = parent.hold(A={"Table": TABLE}, B={"Table": TABLE, "Added": TABLE, "Broken": BROKEN})
    assert (status, parent.tables()) == ("ROLLBACK_COMPLETE", set())


def test_a_nested_update_that_fails_is_rolled_back(parent: Parent) -> None:
    parent.hold(A={"Table": TABLE}, B={"Table": TABLE})
    before = parent.outputs()
    status = parent.hold(A={"Table": TABLE}, B={"Table": TABLE, "Added": TABLE, "Broken": BROKEN})
    assert (status, parent.tables()) == ("UPDATE_ROLLBACK_COMPLETE", {"Table"})
    assert parent.outputs() == before
    assert parent.hold(A={"Table": TABLE}, B={"Table": TABLE, "Added": TABLE}) == "UPDATE_COMPLETE"


def test_a_delete_heeds_the_policies_of_nested_resources(parent: Parent) -> None:
    parent.hold(A={"Table": TABLE, "Kept": {**TABLE, "DeletionPolicy": "Retain"}})
    assert (parent.delete(), parent.tables()) == ("DELETE_COMPLETE", {"Kept"})
