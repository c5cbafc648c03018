"""The one policy of CloudWatch Logs that all access logs of API Gateway share, with its limit."""

import json
from collections.abc import Callable
from typing import Any

from ministack.core.responses import error_response_json, get_account_id, get_region
from ministack.services import cloudwatch_logs
from ministack.services.cloudformation import provisioners

from local.strict.patching import wrap

POLICY = "AWSLogDeliveryWrite20150319"
MAX_CHARACTERS = 5120
VENDED = "/aws/vendedlogs/"


def apply() -> None:
    wrap(cloudwatch_logs, "_put_resource_policy", policies_are_short)
    wrap(provisioners, "_apigw_v2_access_log_settings", access_logs_are_named_in_the_policy)


def policies_are_short(put: Callable[..., Any], data: dict[str, Any]) -> Any:
    """A resource policy of CloudWatch Logs has at most 5,120 characters.

    CloudWatch Logs API Reference, PutResourcePolicy.
    """
    if len(data.get("policyDocument") or "") > MAX_CHARACTERS:
        message = "Policy document length breaking Cloudwatch Logs Constraints, either < 1 or > 5120"
        return error_response_json("InvalidParameterException", message, 400)
    return put(data)


def access_logs_are_named_in_the_policy(
    read: Callable[..., Any], settings: dict[str, Any] | None
) -> dict[str, Any] | None:
    """API Gateway names each log group that it may write to in one policy, /aws/vendedlogs/ as a whole.

    CloudWatch Logs User Guide, "Enable logging from AWS services: log group resource policy size limit".
    """
    if settings:
        _allow(settings["DestinationArn"].removesuffix(":*"))
    return read(settings)  # type: ignore[no-any-return]


def _allow(group: str) -> None:
    if group.split(":", 6)[-1].startswith(VENDED):
        group = f"arn:aws:logs:{get_region()}:{get_account_id()}:log-group:{VENDED}*"
    policy = cloudwatch_logs._resource_policies.get(POLICY)
    resources = json.loads(policy["policyDocument"])["Statement"][0]["Resource"] if policy else []
    resource = f"{group}:log-stream:*"
    if resource in resources:
        return
    put = {"policyName": POLICY, "policyDocument": _document([*resources, resource])}
    status, _, body = cloudwatch_logs._put_resource_policy(put)
    if status != 200:
        raise ValueError(f"Cannot enable logging. {json.loads(body)['message']}")


def _document(resources: list[str]) -> str:
    statement = {
        "Sid": POLICY,
        "Effect": "Allow",
        "Principal": {"Service": "delivery.logs.amazonaws.com"},
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": resources,
        "Condition": {
            "StringEquals": {"aws:SourceAccount": [get_account_id()]},
            "ArnLike": {"aws:SourceArn": [f"arn:aws:logs:{get_region()}:{get_account_id()}:*"]},
        },
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]}, separators=(",", ":"))
