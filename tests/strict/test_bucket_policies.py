"""Whom a bucket's policy means: who has taken a role is that role, and the account's root is one of all."""

from typing import Any

from local.aws import client
from tests.strict.answers import refusal
from tests.strict.roles import document, taken

DENIED = (403, "AccessDenied")


def deny(s3: Any, bucket: str, *roles: str) -> None:
    """Puts, to everybody but these roles."""
    statement = {
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Action": "s3:PutObject",
        "Resource": f"arn:aws:s3:::{bucket}/*",
        "Condition": {"ArnNotLike": {"aws:PrincipalArn": list(roles)}} if roles else {},
    }
    s3.put_bucket_policy(Bucket=bucket, Policy=document(statement))


def test_who_has_taken_a_role_is_known_by_the_role(engine: str, s3: Any, bucket: str):
    arn, own = taken(engine, "s3", {"Action": "s3:PutObject"})
    _, other = taken(engine, "s3", {"Action": "s3:PutObject"})
    deny(s3, bucket, arn)
    assert refusal(other.put_object, Bucket=bucket, Key="a") == DENIED
    own.put_object(Bucket=bucket, Key="a")
    assert len(s3.list_objects_v2(Bucket=bucket)["Contents"]) == 1


def test_what_is_denied_to_everybody_is_denied_to_root_but_for_the_policy_itself(
    engine: str, s3: Any, bucket: str
):
    root = client("s3", engine)
    deny(s3, bucket)
    assert refusal(root.put_object, Bucket=bucket, Key="a") == DENIED
    assert "Contents" not in root.list_objects_v2(Bucket=bucket)
    root.delete_bucket_policy(Bucket=bucket)
    root.put_object(Bucket=bucket, Key="a")
