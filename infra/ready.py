"""What `make bootstrap`, `deploy` and `destroy` ask first: do stage, account and tools fit?"""

import sys
from typing import Any

import boto3
from botocore.exceptions import ClientError

from infra.bytecode import fetch_lambda_python
from infra.deployed import session, stack_name
from infra.emptying import empty_buckets
from infra.settings import check_deployable, from_file

BOOTSTRAPPED = "/cdk-bootstrap/hnb659fds/version"


def main(action: str, stage: str) -> None:
    settings = from_file(stage)
    check_deployable(stage, settings)
    where = session(stage)
    fetch_lambda_python()
    if action == "deploy":
        _need_bootstrap(stage, where)
        _need_events(settings.attach.assets_bucket, where)
    if action == "destroy":
        _need_no_protection(stage, where)
    account = where.client("sts").get_caller_identity()["Account"]
    print(
        f"{action.capitalize()} {stack_name(stage)}: account {account}, region {where.region_name}",
        flush=True,
    )
    if action == "destroy" and not settings.keep_data:
        empty_buckets(stage, where)


def _need_bootstrap(stage: str, where: boto3.Session) -> None:
    try:
        where.client("ssm").get_parameter(Name=BOOTSTRAPPED)
    except ClientError as error:
        if error.response["Error"]["Code"] != "ParameterNotFound":
            return  # these credentials may not look; CDK will, with a role of its own
        raise SystemExit(
            f"CDK has not been prepared in {where.region_name} yet. Once per account and region: "
            f"make bootstrap STAGE={stage}"
        ) from None


def _need_events(attached: str | None, where: boto3.Session) -> None:
    """A bucket that was there before says itself to whom it tells of its changes."""
    if attached is None:
        return
    s3: Any = where.client("s3")
    try:
        found = s3.get_bucket_notification_configuration(Bucket=attached)
    except ClientError:
        return  # these credentials may not look
    if "EventBridgeConfiguration" not in found:
        raise SystemExit(
            f"The bucket {attached} does not tell EventBridge of its changes, so files that others put there "
            "would not be heard of. Switch it on, beside the notifications it has: in the S3 console, "
            "Properties, Amazon EventBridge; or, where it has none: aws s3api "
            f"put-bucket-notification-configuration --bucket {attached} "
            "--notification-configuration '{\"EventBridgeConfiguration\": {}}'"
        )


def _need_no_protection(stage: str, where: boto3.Session) -> None:
    cloudformation: Any = where.client("cloudformation")
    try:
        stack = cloudformation.describe_stacks(StackName=stack_name(stage))["Stacks"][0]
    except ClientError:
        return  # CDK says so itself when there is nothing to take down
    if stack.get("EnableTerminationProtection"):
        raise SystemExit(
            f"{stack_name(stage)} is protected, for it keeps data. To take it down all the same, first: "
            "aws cloudformation update-termination-protection --no-enable-termination-protection "
            f"--stack-name {stack_name(stage)}"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
