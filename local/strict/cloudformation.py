"""What CloudFormation refuses and the emulator lets pass: names that are taken, buckets that hold objects."""

import functools
from collections.abc import Callable
from typing import Any

from ministack.services import (
    cloudwatch_logs,
    dynamodb,
    eventbridge,
    iam,
    lambda_svc,
    s3,
    sns,
    sqs,
    stepfunctions,
)
from ministack.services.cloudformation import _stacks, handlers, helpers, provisioners

# Of each type that a template may give a name: the property, and what has that name already.
NAMED: dict[str, tuple[str, Callable[[dict[str, Any]], bool]]] = {
    "AWS::DynamoDB::Table": ("TableName", lambda props: props["TableName"] in dynamodb._tables),
    "AWS::Events::Rule": ("Name", lambda props: _rule(props) in eventbridge._rules),
    "AWS::IAM::Role": ("RoleName", lambda props: props["RoleName"] in iam._roles),
    "AWS::Lambda::Function": ("FunctionName", lambda props: props["FunctionName"] in lambda_svc._functions),
    "AWS::Logs::LogGroup": (
        "LogGroupName",
        lambda props: props["LogGroupName"] in cloudwatch_logs._log_groups,
    ),
    "AWS::SNS::Topic": ("TopicName", lambda props: _has(sns._topics, "name", props["TopicName"])),
    "AWS::SQS::Queue": ("QueueName", lambda props: props["QueueName"] in sqs._queue_name_to_url),
    "AWS::StepFunctions::StateMachine": (
        "StateMachineName",
        lambda props: _has(stepfunctions._state_machines, "name", props["StateMachineName"]),
    ),
}


def apply() -> None:
    for kind in NAMED:
        taken_names_fail(kind)
    rolled_back_stacks_stay()
    full_buckets_stay()


def taken_names_fail(kind: str) -> None:
    """A resource with a name of its own can't be created where that name is taken, by what a stack left, too.

    CloudFormation User Guide, "Name type" and "Troubleshooting CloudFormation"; the reason is the one that
    resource handlers give with AlreadyExists.
    """
    handlers = provisioners._RESOURCE_HANDLERS[kind]
    handlers["create"] = functools.partial(_create_unless_taken, kind, handlers["create"])


def rolled_back_stacks_stay() -> None:
    """A stack whose create was rolled back has to be deleted before another one can have its name.

    CloudFormation User Guide, "Stack status codes" (ROLLBACK_COMPLETE).
    """
    actions = handlers._ACTION_HANDLERS
    actions["CreateStack"] = functools.partial(_create_unless_rolled_back, actions["CreateStack"])


def full_buckets_stay() -> None:
    """A bucket that holds an object, an old version or a delete marker is not deleted with its stack.

    CloudFormation Template Reference, "AWS::S3::Bucket": only empty buckets can be deleted.
    """
    handlers = provisioners._RESOURCE_HANDLERS["AWS::S3::Bucket"]
    handlers["delete"] = functools.partial(_delete_unless_full, handlers["delete"])


def _delete_unless_full(delete: Callable[..., Any], physical_id: str, props: dict[str, Any]) -> Any:
    bucket = s3._buckets.get(physical_id)
    if bucket and (bucket["objects"] or s3._bucket_has_versions(physical_id)):
        raise ValueError("The bucket you tried to delete is not empty. (Service: S3, Status Code: 409)")
    return delete(physical_id, props)


def _create_unless_rolled_back(create: Callable[..., Any], params: dict[str, Any]) -> Any:
    name = helpers._p(params, "StackName")
    if _stacks.get(name, {}).get("StackStatus") == "ROLLBACK_COMPLETE":
        return helpers._error("AlreadyExistsException", f"Stack [{name}] already exists")
    return create(params)


def _create_unless_taken(
    kind: str, create: Callable[..., Any], logical_id: str, props: dict[str, Any], stack_name: str
) -> Any:
    name, is_taken = NAMED[kind]
    if props.get(name) and is_taken(props):
        raise ValueError(f"Resource of type '{kind}' with identifier '{props[name]}' already exists.")
    return create(logical_id, props, stack_name)


def _rule(props: dict[str, Any]) -> str:
    return str(eventbridge._rule_key(props["Name"], provisioners._eb_rule_bus_name(props)))


def _has(records: dict[str, dict[str, Any]], field: str, name: str) -> bool:
    return any(record[field] == name for record in records.values())
