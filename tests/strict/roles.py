"""Roles for what runs on the emulator, which enforces IAM."""

import json
from typing import Any
from uuid import uuid4

from local.aws import client


def role(engine: str, service: str, *actions: str) -> str:
    """A new role that the service may take and that may do this, everywhere; its ARN."""
    iam, name = client("iam", engine), f"r-{uuid4()}"
    trust = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(trust))["Role"]["Arn"]
    if actions:
        allow = document({"Effect": "Allow", "Action": list(actions), "Resource": "*"})
        iam.put_role_policy(RoleName=name, PolicyName="may", PolicyDocument=allow)
    return str(arn)


def document(statement: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
