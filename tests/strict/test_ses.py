"""SES: a letter takes the right to the identity that its sender has, and is kept for people to read."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import pytest

from local.aws import client
from local.emulator import ACCOUNT, REGION
from tests.strict.answers import refusal
from tests.strict.roles import document


def _sender(engine: str, identity: str) -> Any:
    """SES for a role that may send as this identity alone."""
    iam, name = client("iam", engine), f"r-{uuid4()}"
    trust = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(trust))["Role"]["Arn"]
    ours = f"arn:aws:ses:{REGION}:{ACCOUNT}:identity/{identity}"
    may = document({"Effect": "Allow", "Action": "ses:SendEmail", "Resource": ours})
    iam.put_role_policy(RoleName=name, PolicyName="may", PolicyDocument=may)
    key = client("sts", engine).assume_role(RoleArn=arn, RoleSessionName="test")["Credentials"]
    return boto3.client(
        "sesv2",
        endpoint_url=engine,
        region_name=REGION,
        aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"],
        aws_session_token=key["SessionToken"],
    )


def _letter(sender: str) -> dict[str, Any]:
    body = {"Text": {"Data": "how are you"}, "Html": {"Data": "<p>how are you</p>"}}
    headers = [{"Name": "List-Unsubscribe", "Value": "<https://example.com/out>"}]
    simple = {"Subject": {"Data": "hello"}, "Body": body, "Headers": headers}
    to = {"ToAddresses": ["mara@example.org"]}
    return {"FromEmailAddress": sender, "Destination": to, "Content": {"Simple": simple}}


@pytest.mark.parametrize("kind", ["address", "domain"])
def test_who_may_send_as_one_identity_sends_as_no_other(engine: str, kind: str) -> None:
    domain, other = f"a{uuid4().hex}.example", f"b{uuid4().hex}.example"
    identity = f"us@{domain}" if kind == "address" else domain
    for one in (identity, other):
        client("sesv2", engine).create_email_identity(EmailIdentity=one)
    ses = _sender(engine, identity)
    ses.send_email(**_letter(f"us@{domain}"))
    assert refusal(ses.send_email, **_letter(f"us@{other}"))[1] == "AccessDeniedException"


def test_what_was_sent_can_be_read(engine: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    domain = f"c{uuid4().hex}.example"
    client("sesv2", engine).create_email_identity(EmailIdentity=domain)
    client("sesv2", engine).send_email(**_letter(f"us@{domain}"))
    kept = Path(tmp_path_factory.getbasetemp()).glob("engine[0-9]*/mail/*.txt")
    texts = [text for text in (file.read_text() for file in kept) if domain in text]
    assert texts == [
        f"From: us@{domain}\nTo: mara@example.org\nSubject: hello\n"
        "List-Unsubscribe: <https://example.com/out>\n\nhow are you"
    ]
