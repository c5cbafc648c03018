"""The emulator enforces IAM here, so that all other tests also say: the functions' roles are wide enough."""

import json

import boto3
import httpx
import pytest
from botocore.exceptions import ClientError

from local.emulator import REGION
from local.system import System
from tests.system.client import TIMEOUT_SECONDS


def test_a_key_without_permissions_is_refused(system: System) -> None:
    iam = system.client("iam")
    iam.create_user(UserName="nobody")
    key = iam.create_access_key(UserName="nobody")["AccessKey"]
    s3 = boto3.client(
        "s3",
        endpoint_url=system.endpoint,
        region_name=REGION,
        aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"],
    )
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.list_objects_v2(Bucket=system.assets_bucket)


def test_a_function_can_do_what_its_role_says_and_nothing_else(system: System) -> None:
    iam = system.client("iam")
    pages = system.client("lambda").get_paginator("list_functions").paginate()
    functions = {found["Description"]: found for page in pages for found in page["Functions"]}
    role = functions["catalog"]["Role"].rpartition("/")[2]
    policy = iam.get_role_policy(RoleName=role, PolicyName="access")["PolicyDocument"]
    assert _list(system) == 200
    iam.delete_role_policy(RoleName=role, PolicyName="access")
    try:
        assert _list(system) == 500
    finally:
        iam.put_role_policy(RoleName=role, PolicyName="access", PolicyDocument=json.dumps(policy))
    assert _list(system) == 200


def _list(system: System) -> int:
    token = {"Authorization": f"Bearer {system.tokens['viewer']}"}
    return httpx.get(f"{system.api_url}/database", headers=token, timeout=TIMEOUT_SECONDS).status_code
