"""Before a stage that keeps no data is taken down, its own buckets are emptied, and no others."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from moto import mock_aws

from infra import emptying, ready
from infra.settings import Settings

REGION = "eu-central-1"
OWN = {"assets": "CREATE_COMPLETE", "manifests": "DELETE_FAILED", "gone": "DELETE_COMPLETE"}


class Deployed:
    """A session in which the stack has these resources; S3 is moto's."""

    region_name = REGION

    def client(self, service: str) -> Any:
        found = boto3.Session("test", "test", region_name=REGION).client(service)
        if service == "cloudformation":
            stub = Stubber(found)
            buckets = [("AWS::S3::Bucket", name, status) for name, status in OWN.items()]
            stub.add_response(
                "list_stack_resources",
                {
                    "StackResourceSummaries": [
                        {
                            "ResourceType": kind,
                            "PhysicalResourceId": name,
                            "LogicalResourceId": "It",
                            "ResourceStatus": status,
                            "LastUpdatedTimestamp": 0,
                        }
                        for kind, name, status in [*buckets, ("AWS::S3::BucketPolicy", "attached", "…")]
                    ]
                },
                {"StackName": "AssetVersions-dev"},
            )
            stub.activate()
        return found


@pytest.fixture
def s3() -> Iterator[Any]:
    """Two buckets of the stack, and one that it only attaches."""
    with mock_aws():
        s3 = boto3.Session("test", "test", region_name=REGION).client("s3")
        for bucket in ("assets", "manifests", "attached"):
            s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
            s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
            for content in (b"first", b"second"):
                s3.put_object(Bucket=bucket, Key="a/file", Body=content)
            s3.delete_object(Bucket=bucket, Key="a/file")
            s3.put_object(Bucket=bucket, Key="another", Body=b"x")
        yield s3


def _left(s3: Any, bucket: str) -> int:
    """Object versions and delete markers."""
    found = s3.list_object_versions(Bucket=bucket)
    return len(found.get("Versions", [])) + len(found.get("DeleteMarkers", []))


@pytest.mark.parametrize("batch", [1000, 3])
def test_the_stack_s_own_buckets_are_emptied_and_what_is_attached_stays(
    monkeypatch: pytest.MonkeyPatch, s3: Any, capsys: pytest.CaptureFixture[str], batch: int
) -> None:
    monkeypatch.setattr(emptying, "BATCH", batch)
    assert [_left(s3, bucket) for bucket in ("assets", "manifests", "attached")] == [4, 4, 4]
    emptying.empty_buckets("dev", Deployed())
    assert [_left(s3, bucket) for bucket in ("assets", "manifests", "attached")] == [0, 0, 4]
    assert "Emptying assets: 4 object versions and delete markers gone" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("action", "keep_data", "emptied"),
    [("destroy", False, ["dev"]), ("destroy", True, []), ("deploy", False, []), ("bootstrap", False, [])],
)
def test_only_what_is_taken_down_and_not_kept_is_emptied(
    monkeypatch: pytest.MonkeyPatch, action: str, keep_data: bool, emptied: list[str]
) -> None:
    stages: list[str] = []
    found = Settings(log_retention_days=14, keep_data=keep_data, account="123456789012", region=REGION)
    monkeypatch.setattr(ready, "from_file", lambda name: found)
    monkeypatch.setattr(ready, "fetch_lambda_python", lambda: None)
    monkeypatch.setattr(ready, "_need_bootstrap", lambda *_: None)
    monkeypatch.setattr(ready, "_need_no_protection", lambda *_: None)
    monkeypatch.setattr(ready, "session", lambda stage: boto3.Session("test", "test", region_name=REGION))
    monkeypatch.setattr(ready, "empty_buckets", lambda stage, where: stages.append(stage))
    with mock_aws():
        ready.main(action, "dev")
    assert stages == emptied


def test_what_can_not_be_deleted_ends_it_with_a_sentence(monkeypatch: pytest.MonkeyPatch, s3: Any) -> None:
    refused = {"Errors": [{"Key": "a", "Code": "AccessDenied", "Message": "Access Denied."}]}
    monkeypatch.setattr(s3, "delete_objects", lambda **_: refused)
    with pytest.raises(SystemExit, match="assets could not be emptied: a: Access Denied"):
        emptying._empty(s3, "assets")


def test_a_stage_that_is_not_there_is_left_to_cdk(monkeypatch: pytest.MonkeyPatch) -> None:
    cloudformation = boto3.Session("test", "test", region_name=REGION).client("cloudformation")
    stub = Stubber(cloudformation)
    stub.add_client_error("list_stack_resources", "ValidationError", "Stack … does not exist")
    stub.activate()
    assert emptying._own_buckets(cloudformation, "AssetVersions-dev") == []
