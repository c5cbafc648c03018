"""Roles for what runs on the emulator, which enforces IAM."""

import json
from typing import Any
from uuid import uuid4

import boto3

from local.aws import client
from local.emulator import REGION


def role(engine: str, service: str, *actions: str) -> str:
    """A new role that the service may take and that may do this, everywhere; its ARN."""
    iam, name = client("iam", engine), f"r-{uuid4()}"
    trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(trust))["Role"]["Arn"]
    if actions:
        allow = document({"Effect": "Allow", "Action": list(actions), "Resource": "*"})
        iam.put_role_policy(RoleName=name, PolicyName="may", PolicyDocument=allow)
    return str(arn)


def taken(engine: str, service: str, *allowed: dict[str, Any]) -> tuple[str, Any]:
    """A new role that may do this, everywhere, and a client of the service for who has taken it."""
    statements = [{"Effect": "Allow", "Resource": "*", **one} for one in allowed]
    iam, name = client("iam", engine), f"r-{uuid4()}"
    trust = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(trust))["Role"]["Arn"]
    iam.put_role_policy(RoleName=name, PolicyName="may", PolicyDocument=document(*statements))
    key = client("sts", engine).assume_role(RoleArn=arn, RoleSessionName="test")["Credentials"]
    found = boto3.client(
        service,
        endpoint_url=engine,
        region_name=REGION,
        aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"],
        aws_session_token=key["SessionToken"],
    )
    return str(arn), found


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})
