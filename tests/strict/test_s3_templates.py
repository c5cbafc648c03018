"""Amazon S3: settings of a bucket that come from a template."""

import json
from typing import Any
from uuid import uuid4

import pytest

from local.aws import client

LIFECYCLE = {
    "Rules": [
        {
            "Id": "uploads",
            "Status": "Enabled",
            "Prefix": "db/",
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
            "NoncurrentVersionExpiration": {"NoncurrentDays": 30},
            "Transitions": [{"StorageClass": "GLACIER_IR", "TransitionInDays": 90}],
        }
    ]
}
ENCRYPTION = {
    "ServerSideEncryptionConfiguration": [
        {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}, "BucketKeyEnabled": True}
    ]
}


@pytest.fixture(scope="module")
def deployed(engine: str) -> str:
    """A bucket of a template with these settings."""
    name = f"bucket-{uuid4()}"
    properties = {"BucketName": name, "LifecycleConfiguration": LIFECYCLE, "BucketEncryption": ENCRYPTION}
    template = {"Resources": {"Bucket": {"Type": "AWS::S3::Bucket", "Properties": properties}}}
    stacks = client("cloudformation", engine)
    stacks.create_stack(StackName=name, TemplateBody=json.dumps(template))
    stacks.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
    return name


def test_a_templates_lifecycle_is_the_buckets(s3: Any, deployed: str):
    [rule] = s3.get_bucket_lifecycle_configuration(Bucket=deployed)["Rules"]
    assert (rule["ID"], rule["Filter"]) == ("uploads", {"Prefix": "db/"})
    assert rule["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 7}
    assert rule["NoncurrentVersionExpiration"] == {"NoncurrentDays": 30}
    assert rule["Transitions"] == [{"Days": 90, "StorageClass": "GLACIER_IR"}]


def test_a_templates_encryption_is_the_buckets(s3: Any, deployed: str):
    s3.put_object(Bucket=deployed, Key="key", Body=b"x")
    assert s3.head_object(Bucket=deployed, Key="key")["ServerSideEncryption"] == "aws:kms"
