"""EventBridge: archives that come from a template."""

import json
from uuid import uuid4

from local.aws import client


def test_a_templates_archive_is_there_and_goes_with_its_stack(engine: str):
    name = f"bus-{uuid4()}"
    resources = {
        "Bus": {"Type": "AWS::Events::EventBus", "Properties": {"Name": name}},
        "Archive": {
            "Type": "AWS::Events::Archive",
            "Properties": {"SourceArn": {"Fn::GetAtt": ["Bus", "Arn"]}, "RetentionDays": 7},
        },
    }
    stacks, events = client("cloudformation", engine), client("events", engine)
    stacks.create_stack(StackName=name, TemplateBody=json.dumps({"Resources": resources}))
    stacks.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
    archive = stacks.describe_stack_resource(StackName=name, LogicalResourceId="Archive")
    found = events.describe_archive(ArchiveName=archive["StackResourceDetail"]["PhysicalResourceId"])
    assert (found["RetentionDays"], found["EventSourceArn"]) == (
        7,
        events.describe_event_bus(Name=name)["Arn"],
    )
    stacks.delete_stack(StackName=name)
    stacks.get_waiter("stack_delete_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
    assert found["ArchiveName"] not in [one["ArchiveName"] for one in events.list_archives()["Archives"]]
