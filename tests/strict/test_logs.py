"""All access logs of an account share one policy that may not grow."""

import json
import uuid
from typing import Any

import pytest

from local.aws import client
from tests.strict.stacks import Stack


def stages(prefix: str) -> dict[str, Any]:
    """An API with fifty stages that each log to a group of their own."""
    resources: dict[str, Any] = {
        "Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"Name": "api", "ProtocolType": "HTTP"}}
    }
    for number in range(50):
        name = f"{prefix}{'long' * 15}-{number}"
        resources[f"Group{number}"] = {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": name}}
        logs = {"DestinationArn": {"Fn::GetAtt": [f"Group{number}", "Arn"]}, "Format": "$context.requestId"}
        resources[f"Stage{number}"] = {
            "Type": "AWS::ApiGatewayV2::Stage",
            "Properties": {"ApiId": {"Ref": "Api"}, "StageName": f"s{number}", "AccessLogSettings": logs},
        }
    return {"Resources": resources}


def test_a_policy_has_5120_characters_at_most(engine: str) -> None:
    logs = client("logs", engine)
    document = json.dumps({"Version": "2012-10-17", "Statement": []})
    logs.put_resource_policy(policyName="fits", policyDocument=document.ljust(5120))
    with pytest.raises(logs.exceptions.InvalidParameterException):
        logs.put_resource_policy(policyName="too-long", policyDocument=document.ljust(5121))
    logs.delete_resource_policy(policyName="fits")


def test_access_logs_fit_the_policy_under_vendedlogs_only(engine: str) -> None:
    vended, named = Stack(engine), Stack(engine)
    name = uuid.uuid4().hex[:8]
    assert vended.deploy(stages(f"/aws/vendedlogs/{name}/")) == "CREATE_COMPLETE"
    assert named.deploy(stages(f"/aws/apigateway/{name}/")) == "ROLLBACK_COMPLETE"
    assert "Cannot enable logging" in named.reasons()
