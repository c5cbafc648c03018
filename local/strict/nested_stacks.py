"""Nested stacks that live as stacks do: the emulator's own loses attributes and leaves behind what failed."""

import asyncio
import copy
from typing import Any

from ministack.core.responses import get_account_id, get_region, new_uuid, now_iso
from ministack.services.cloudformation import _stack_events, _stacks, handlers, provisioners, stacks
from ministack.services.cloudformation.engine import (
    _evaluate_conditions,
    _parse_template,
    _resolve_parameters,
    validate_template_support,
)
from ministack.services.cloudformation.helpers import _resolve_template

HANDLERS = provisioners._RESOURCE_HANDLERS["AWS::CloudFormation::Stack"]
# What an update may change, and a failed one has to put back.
KEPT = ("_resources", "_template", "_template_body", "_resolved_params", "_conditions")
SHOWN = ("Parameters", "Tags", "Outputs")


def apply() -> None:
    assert {"create", "update", "delete"} <= HANDLERS.keys(), "the emulator has no nested stacks any more"
    creates_roll_back()
    updates_keep_attributes()
    deletes_heed_policies()


def creates_roll_back() -> None:
    """A nested stack that can't be created is rolled back and goes with its parent: nothing it made stays.

    CloudFormation User Guide, "Understand stack failure options" and "Nested stacks".
    """
    HANDLERS["create"] = _create


def updates_keep_attributes() -> None:
    """An update of a nested stack leaves what it does not change alone, attributes included, and rolls back.

    CloudFormation User Guide, "Update behaviors of stack resources" and "Nested stacks".
    """
    HANDLERS["update"] = _update


def deletes_heed_policies() -> None:
    """A nested stack's resources go by their own DeletionPolicy, and one that can't go fails the delete.

    CloudFormation Template Reference, "DeletionPolicy attribute".
    """
    HANDLERS["delete"] = _delete


def _create(logical_id: str, props: dict[str, Any], parent: str) -> tuple[str, dict[str, str]]:
    name = f"{parent}-{logical_id}-{new_uuid()[:12]}"
    stack_id = f"arn:aws:cloudformation:{get_region()}:{get_account_id()}:stack/{name}/{new_uuid()}"
    parent_stack = _stacks[parent]
    stack = {
        "StackName": name,
        "StackId": stack_id,
        "StackStatus": "CREATE_IN_PROGRESS",
        "StackStatusReason": "",
        "CreationTime": now_iso(),
        "LastUpdatedTime": now_iso(),
        "Outputs": [],
        "DisableRollback": False,
        "ParentId": parent_stack["StackId"],
        "RootId": parent_stack.get("RootId", parent_stack["StackId"]),
        "Capabilities": parent_stack.get("Capabilities", []),
        "_region": get_region(),
        "_parent_stack_name": parent,
        "_resources": {},
        **_wanted(props, parent, {}),
    }
    _stacks[name] = stack
    _stack_events[stack_id] = []
    _deploy(stack)
    if stack["StackStatus"] != "CREATE_COMPLETE":
        reason = _failure(stack)
        # CloudFormation deletes it together with its parent's other resources.
        asyncio.run(stacks._delete_stack_async(name, stack_id))
        raise ValueError(f"Embedded stack {stack_id} was not successfully created: {reason}")
    return stack_id, _attributes(stack)


def _update(
    physical_id: str, _old: dict[str, Any], props: dict[str, Any], parent: str
) -> tuple[str, dict[str, str]]:
    stack = _stacks[provisioners._nested_stack_lookup_name(physical_id)]
    wanted = _wanted(props, parent, stack["_resolved_params"])
    if handlers._stack_has_no_updates(
        stack, wanted["_template"], wanted["_resolved_params"], wanted["Tags"], tags_given=True
    ):
        return stack["StackId"], _attributes(stack)
    before = {key: copy.deepcopy(stack.get(key)) for key in KEPT + SHOWN}
    stack.update(wanted, StackStatus="UPDATE_IN_PROGRESS", LastUpdatedTime=now_iso())
    _deploy(stack, before)
    if stack["StackStatus"] != "UPDATE_COMPLETE":
        raise ValueError(
            f"Embedded stack {stack['StackId']} was not successfully updated. "
            f"Currently in {stack['StackStatus']} with reason: {_failure(stack)}"
        )
    return stack["StackId"], _attributes(stack)


def _delete(physical_id: str, _props: dict[str, Any]) -> None:
    stack = _stacks.get(provisioners._nested_stack_lookup_name(physical_id))
    if not stack or stack["StackStatus"] == "DELETE_COMPLETE":
        return
    asyncio.run(stacks._delete_stack_async(stack["StackName"], stack["StackId"]))
    if stack["StackStatus"] != "DELETE_COMPLETE":
        raise ValueError(stack["StackStatusReason"])


def _wanted(props: dict[str, Any], parent: str, previous: dict[str, Any]) -> dict[str, Any]:
    """The part of a stack's record that its parent's template decides."""
    body, error = _resolve_template({"TemplateURL": [props["TemplateURL"]]})
    if error is not None or not body:
        raise ValueError(f"TemplateURL can't be read: {props['TemplateURL']}")
    template = _parse_template(body)
    provisioners._check_nested_stack_capabilities(parent, template)
    given = [{"Key": key, "Value": _text(value)} for key, value in (props.get("Parameters") or {}).items()]
    parameters = _resolve_parameters(template, given, previous)
    conditions = _evaluate_conditions(template, parameters)
    validate_template_support(template, conditions, params=parameters)
    return {
        "Description": template.get("Description", ""),
        "Parameters": [
            {"ParameterKey": key, "ParameterValue": one["Value"], "NoEcho": one["NoEcho"]}
            for key, one in parameters.items()
        ],
        "Tags": [
            {"Key": key, "Value": value}
            for key, value in provisioners._tag_map(props.get("Tags")).items()
            if not key.startswith("aws:")
        ],
        "_template": template,
        "_template_body": body,
        "_resolved_params": parameters,
        "_conditions": conditions,
    }


def _text(value: Any) -> str:
    if isinstance(value, list):
        raise TypeError(
            "Value of property Parameters must be an object with String (or simple type) properties"
        )
    return "" if value is None else str(value)


def _deploy(stack: dict[str, Any], before: dict[str, Any] | None = None) -> None:
    """Run the engine of top-level stacks. Nested stacks are made on a thread of their own, without a loop."""
    name, stack_id = stack["StackName"], stack["StackId"]
    kind = "CREATE" if before is None else "UPDATE"
    stacks._add_event(
        stack_id, name, name, "AWS::CloudFormation::Stack", f"{kind}_IN_PROGRESS", physical_id=stack_id
    )
    deploy = stacks._deploy_stack_async(
        name,
        stack_id,
        stack["_template"],
        stack["_resolved_params"],
        False,
        stack["Tags"],
        is_update=before is not None,
        previous_stack=before,
    )
    asyncio.run(deploy)


def _failure(stack: dict[str, Any]) -> str:
    """Why it failed, as CloudFormation words it."""
    events = _stack_events[stack["StackId"]]
    started = max(at for at, event in enumerate(events) if _is_start(event, stack))
    failed = [
        event for event in events[started:] if event["ResourceStatus"] in ("CREATE_FAILED", "UPDATE_FAILED")
    ]
    inner = [event for event in failed if event["LogicalResourceId"] != stack["StackName"]]
    if not inner:
        return "; ".join(event["ResourceStatusReason"] for event in failed)
    kind = "create" if inner[0]["ResourceStatus"] == "CREATE_FAILED" else "update"
    names = ", ".join(event["LogicalResourceId"] for event in inner)
    return f"The following resource(s) failed to {kind}: [{names}]."


def _is_start(event: dict[str, Any], stack: dict[str, Any]) -> bool:
    started = event["ResourceStatus"] in ("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS")
    return started and event["LogicalResourceId"] == stack["StackName"]


def _attributes(stack: dict[str, Any]) -> dict[str, str]:
    return {f"Outputs.{one['OutputKey']}": one["OutputValue"] for one in stack["Outputs"]}
