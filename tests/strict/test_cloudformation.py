"""A name that is taken can't be had again, and a bucket that holds something is not deleted."""

import json
import uuid
from typing import Any

import pytest

from tests.strict.stacks import TABLE, Stack

ROLE = {"Version": "2012-10-17", "Statement": []}
WAIT = json.dumps({"StartAt": "End", "States": {"End": {"Type": "Succeed"}}})
CODE = {"Handler": "index.handler", "Runtime": "python3.13", "Role": "arn:aws:iam::000000000000:role/any"}
NAMED: dict[str, tuple[str, dict[str, Any]]] = {
    "AWS::DynamoDB::Table": ("TableName", TABLE["Properties"]),  # type: ignore[dict-item]
    "AWS::Events::Rule": ("Name", {"ScheduleExpression": "rate(1 day)", "State": "DISABLED"}),
    "AWS::IAM::Role": ("RoleName", {"AssumeRolePolicyDocument": ROLE}),
    "AWS::Lambda::Function": ("FunctionName", {**CODE, "Code": {"ZipFile": "def handler(*_): pass"}}),
    "AWS::Logs::LogGroup": ("LogGroupName", {}),
    "AWS::SNS::Topic": ("TopicName", {}),
    "AWS::SQS::Queue": ("QueueName", {}),
    "AWS::StepFunctions::StateMachine": (
        "StateMachineName",
        {"DefinitionString": WAIT, "RoleArn": "arn:aws:iam::000000000000:role/any"},
    ),
}


@pytest.mark.parametrize("kind", NAMED)
def test_a_name_that_a_stack_left_behind_makes_the_next_stack_fail(engine: str, kind: str) -> None:
    name, properties = NAMED[kind]
    thing = {"Type": kind, "Properties": {name: f"left-{uuid.uuid4().hex[:8]}", **properties}}
    first, second = Stack(engine), Stack(engine)
    assert first.deploy({"Resources": {"It": {**thing, "DeletionPolicy": "Retain"}}}) == "CREATE_COMPLETE"
    assert first.delete() == "DELETE_COMPLETE"
    assert second.deploy({"Resources": {"It": thing}}) == "ROLLBACK_COMPLETE"
    assert "already exists" in second.reasons()


def test_a_stack_that_was_rolled_back_has_to_be_deleted_first(engine: str) -> None:
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": f"q-{uuid.uuid4().hex}"}}
    broken = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::GetAtt": ["It", "Nothing"]}}}
    stack = Stack(engine)
    assert stack.deploy({"Resources": {"It": queue, "Broken": broken}}) == "ROLLBACK_COMPLETE"
    again = {"StackName": stack.name, "TemplateBody": json.dumps({"Resources": {"It": queue}})}
    with pytest.raises(stack.cloudformation.exceptions.AlreadyExistsException):
        stack.cloudformation.create_stack(**again)
    assert stack.delete() == "DELETE_COMPLETE"
    stack.cloudformation.create_stack(**again)


def test_a_bucket_is_deleted_with_its_stack_only_when_no_object_version_is_left(engine: str, s3: Any) -> None:
    versioned = {"VersioningConfiguration": {"Status": "Enabled"}}
    stack = Stack(engine)
    stack.deploy({"Resources": {"It": {"Type": "AWS::S3::Bucket", "Properties": versioned}}})
    (bucket,) = stack.cloudformation.list_stack_resources(StackName=stack.name)["StackResourceSummaries"]
    name = bucket["PhysicalResourceId"]
    s3.put_object(Bucket=name, Key="k", Body=b"x")
    s3.delete_object(Bucket=name, Key="k")
    assert stack.delete() == "DELETE_FAILED"
    assert "not empty" in stack.reasons()
    left = s3.list_object_versions(Bucket=name)
    for version in [*left["Versions"], *left["DeleteMarkers"]]:
        s3.delete_object(Bucket=name, Key="k", VersionId=version["VersionId"])
    assert stack.delete() == "DELETE_COMPLETE"
