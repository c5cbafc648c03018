"""A deployed stage, seen from outside: the account that cdk.json names, and the addresses of its stack."""

import os
from typing import Any

import boto3
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ProfileNotFound,
)

from infra.settings import from_file

NO_CREDENTIALS = (
    "AWS did not take the credentials of this shell ({reason}). "
    "Sign in, for example with `aws sso login`, and set AWS_PROFILE; then try again."
)


def stack_name(stage: str) -> str:
    return f"AssetVersions-{stage}"


def session(stage: str) -> boto3.Session:
    """A session in the stage's own account and region, or an end that says what stands against it."""
    place = from_file(stage)
    # The command line of CDK looks at AWS_REGION first; boto3 does not know it.
    try:
        found = boto3.Session(region_name=place.region or os.environ.get("AWS_REGION"))
    except ProfileNotFound:
        raise SystemExit(
            f"There is no profile {os.environ.get('AWS_PROFILE')!r}, which AWS_PROFILE names: see "
            "`aws configure list-profiles`."
        ) from None
    if found.region_name is None:
        raise SystemExit(
            f"No region is set. Say AWS_REGION=…, or add account and region to stage {stage} in cdk.json."
        )
    try:
        account = found.client("sts").get_caller_identity()["Account"]
    except (EndpointConnectionError, ConnectTimeoutError):
        raise SystemExit(
            f"AWS was not reached in {found.region_name}. Is there a network, a proxy, such a region?"
        ) from None
    except (BotoCoreError, ClientError) as error:
        raise SystemExit(NO_CREDENTIALS.format(reason=str(error).rstrip("."))) from None
    if place.account not in (None, account):
        raise SystemExit(
            f"Stage {stage} belongs to account {place.account}, but the credentials of this shell are for "
            f"{account}. Set AWS_PROFILE to one of account {place.account}, then try again."
        )
    return found


def outputs(stage: str, where: boto3.Session) -> dict[str, str]:
    """What the stack of the stage says about itself: its addresses and names."""
    cloudformation: Any = where.client("cloudformation")
    try:
        stack = cloudformation.describe_stacks(StackName=stack_name(stage))["Stacks"][0]
    except ClientError as error:
        if "does not exist" not in str(error):
            raise
        raise SystemExit(
            f"Stage {stage} is not deployed in {where.region_name}. First: make deploy STAGE={stage}"
        ) from None
    if not stack.get("Outputs"):
        raise SystemExit(
            f"Stage {stage} is not whole in {where.region_name} ({stack['StackStatus']}). "
            f"First: make deploy STAGE={stage}"
        )
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
