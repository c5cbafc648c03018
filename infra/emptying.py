"""Empties the stage's own buckets before its stack goes: CloudFormation deletes empty buckets alone."""

from collections.abc import Iterator
from typing import Any

import boto3
from botocore.exceptions import ClientError

from infra.deployed import stack_name

# As many as DeleteObjects takes, and ListObjectVersions gives.
BATCH = 1000
# A bucket that is attached is no resource of the stack, and so none of its own.
OWN = "AWS::S3::Bucket"
NESTED = "AWS::CloudFormation::Stack"


def empty_buckets(stage: str, where: boto3.Session) -> None:
    """For a stage that keeps no data; what is attached stays as it is."""
    for bucket in _own_buckets(where.client("cloudformation"), stack_name(stage)):
        _empty(where.client("s3"), bucket)


def _own_buckets(cloudformation: Any, stack: str) -> list[str]:
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
    try:
        resources = [found for page in pages for found in page["StackResourceSummaries"]]
    except ClientError as error:
        if "does not exist" not in str(error):
            raise
        return []  # CDK says so itself when there is nothing to take down
    there = [found for found in resources if found["ResourceStatus"] != "DELETE_COMPLETE"]
    nested = [found["PhysicalResourceId"] for found in there if found["ResourceType"] == NESTED]
    own = [found["PhysicalResourceId"] for found in there if found["ResourceType"] == OWN]
    return own + [bucket for one in nested for bucket in _own_buckets(cloudformation, one)]


def _empty(s3: Any, bucket: str) -> None:
    """Its policy goes first: it may refuse whoever is none of the stage's functions."""
    s3.delete_bucket_policy(Bucket=bucket)
    done = 0
    for batch in _batches(s3, bucket):
        reply = s3.delete_objects(Bucket=bucket, Delete={"Objects": batch, "Quiet": True})
        for error in reply.get("Errors", []):
            raise SystemExit(
                f"{bucket} could not be emptied: {error['Key']}: {error.get('Message', error['Code'])} "
                "Nothing else was taken down; try again."
            )
        done += len(batch)
        print(f"Emptying {bucket}: {done:,} object versions and delete markers gone", flush=True)


def _batches(s3: Any, bucket: str) -> Iterator[list[dict[str, str]]]:
    """Always from the start: what came before is gone, and no place to go on from."""
    while True:
        page = s3.list_object_versions(Bucket=bucket, MaxKeys=BATCH)
        found = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
        if not found:
            return
        yield [{"Key": one["Key"], "VersionId": one["VersionId"]} for one in found]
