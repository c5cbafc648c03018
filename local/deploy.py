"""Puts the synthesized template on the emulator, as `cdk deploy` would put it on AWS."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError, WaiterError

from local.aws import client
from local.emulator import ACCOUNT, REGION, ROOT

STACK = "AssetVersions-local"
TEMPLATE = f"{STACK}.template.json"
BUCKET = f"cdk-hnb659fds-assets-{ACCOUNT}-{REGION}"
UNCHANGED = "No updates are to be performed"


def synthesize(out: Path, api_url: str, tokens_api_url: str) -> None:
    """Run app.py for the local stage."""
    result = subprocess.run(
        [sys.executable, str(ROOT / "app.py")],
        cwd=ROOT,
        check=False,
        env={
            **os.environ,
            "CDK_OUTDIR": str(out),
            # CloudFormation's rules are looked after by `make check`, which is not in a hurry.
            "CDK_VALIDATION": "false",
            "CDK_CONTEXT_JSON": json.dumps(
                {"stage": "local", "apiUrl": api_url, "tokensApiUrl": tokens_api_url}
            ),
        },
    )
    if result.returncode:
        raise SystemExit("The template could not be synthesized: the message above says why.")


def deploy(out: Path, endpoint: str) -> dict[str, str]:
    """Create or update the stack from `out` and return its outputs."""
    _upload_assets(out, endpoint)
    cloudformation = client("cloudformation", endpoint)
    _create_or_update(cloudformation, f"{endpoint}/{BUCKET}/{TEMPLATE}")
    stack = cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


def _upload_assets(out: Path, endpoint: str) -> None:
    """Send what the templates refer to, and the templates: they are too large to send inline."""
    s3 = client("s3", endpoint)
    s3.create_bucket(Bucket=BUCKET)
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
    present = {item["Key"] for page in pages for item in page.get("Contents", [])}
    for asset in json.loads((out / f"{STACK}.assets.json").read_text())["files"].values():
        source = out / asset["source"]["path"]
        for destination in asset["destinations"].values():
            key = destination["objectKey"]
            if asset["source"]["packaging"] == "file":
                s3.put_object(Bucket=BUCKET, Key=key, Body=_for_the_emulator(source))
            # The key is the content's hash: what is there need not be sent again.
            elif key not in present:
                s3.put_object(Bucket=BUCKET, Key=key, Body=_zip(source))
    s3.put_object(Bucket=BUCKET, Key=TEMPLATE, Body=_for_the_emulator(out / TEMPLATE))


def _zip(folder: Path) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder))
    return buffer.getvalue()


def _for_the_emulator(file: Path) -> bytes:
    """A template without CDK's bootstrap check, and without the rules that want TLS."""
    template = json.loads(file.read_text())
    template.get("Parameters", {}).pop("BootstrapVersion", None)
    template.pop("Rules", None)
    # The emulator speaks plain HTTP on the loopback; the policies would lock everybody out.
    for resource in template["Resources"].values():
        if resource["Type"] in ("AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy"):
            document = resource["Properties"]["PolicyDocument"]
            document["Statement"] = [one for one in document["Statement"] if not _wants_tls(one)]
    template["Resources"] = {
        key: value
        for key, value in template["Resources"].items()
        if value["Properties"].get("PolicyDocument", {}).get("Statement") != []
    }
    return json.dumps(template).encode()


def _wants_tls(statement: dict[str, Any]) -> bool:
    condition = json.dumps(statement.get("Condition", {}))
    return "aws:SecureTransport" in condition or "s3:TlsVersion" in condition


def _create_or_update(cloudformation: Any, template_url: str) -> None:
    change = {"StackName": STACK, "TemplateURL": template_url, "Capabilities": ["CAPABILITY_NAMED_IAM"]}
    kind = "update" if _exists(cloudformation) else "create"
    try:
        getattr(cloudformation, f"{kind}_stack")(**change)
        waiter = cloudformation.get_waiter(f"stack_{kind}_complete")
        waiter.wait(StackName=STACK, WaiterConfig={"Delay": 1, "MaxAttempts": 120})
    except ClientError as error:
        if UNCHANGED not in str(error):
            raise
    except WaiterError as error:
        raise SystemExit(f"The stack could not be deployed.\n{_failures(cloudformation)}") from error


def _exists(cloudformation: Any) -> bool:
    try:
        status = cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]["StackStatus"]
    except ClientError:
        return False
    if status == "ROLLBACK_COMPLETE":
        destroy(cloudformation)
        return False
    if status in ("CREATE_FAILED", "ROLLBACK_FAILED"):
        raise SystemExit(f"An earlier deployment failed ({status}). Run `make reset`, then try again.")
    return True


def destroy(cloudformation: Any) -> None:
    """Delete the stack; where its creation was rolled back, only its name is left."""
    cloudformation.delete_stack(StackName=STACK)
    waiter = cloudformation.get_waiter("stack_delete_complete")
    waiter.wait(StackName=STACK, WaiterConfig={"Delay": 1, "MaxAttempts": 120})


def _failures(cloudformation: Any) -> str:
    events = cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]
    failed = [event for event in events if event["ResourceStatus"].endswith("FAILED")]
    reasons = [f"{e['LogicalResourceId']}: {e.get('ResourceStatusReason', '?')}" for e in failed]
    return "\n".join(reasons or ["Nothing failed; it took too long. See ministack.log, in the state folder."])
