"""What each function may do in AWS, by the nested stack that it lives in. It imports no CDK."""

from dataclasses import dataclass

from assetversions.storage.dynamodb import keys, webhook_keys

# A grant is a list of (resource, actions); functions.py says which ARN a resource's name stands for.
GRANTS: dict[str, list[tuple[str, list[str]]]] = {
    "read table": [("table", ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"])],
    "write table": [
        ("table", ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"]),
    ],
    "write policy": [("table", ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"])],
    "write items": [("table", ["dynamodb:BatchWriteItem"])],
    # Whatever serves a writing operation has this: infra/group.py adds it.
    "record refusals": [("table", ["dynamodb:PutItem"])],
    "list assets": [("assets", ["s3:ListBucket"])],
    "list object versions": [("assets", ["s3:ListBucketVersions"])],
    "read assets": [("asset objects", ["s3:GetObject", "s3:GetObjectVersion"])],
    # A link that is signed to put a part allows what its signer may do.
    "copy assets": [
        (
            "asset objects",
            [
                "s3:PutObject",
                "s3:AbortMultipartUpload",
                "s3:ListMultipartUploadParts",
                # A copy takes the object's tags along.
                "s3:GetObjectTagging",
                "s3:GetObjectVersionTagging",
                "s3:PutObjectTagging",
            ],
        )
    ],
    "end uploads": [("asset objects", ["s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"])],
    "delete assets": [("asset objects", ["s3:DeleteObject"])],
    # Without ListBucket, S3 answers 403 instead of 404 for a manifest that is not there.
    "read manifests": [("manifest objects", ["s3:GetObject"]), ("manifests", ["s3:ListBucket"])],
    "write manifests": [("manifest objects", ["s3:PutObject"])],
    "start jobs": [("machine", ["states:StartExecution"])],
    "stop jobs": [("executions", ["states:StopExecution"])],
    "look at jobs": [("executions", ["states:DescribeExecution"])],
    # What Lambda could not get done for EventBridge is kept.
    "keep lost ends": [("lost ends", ["sqs:SendMessage"])],
    # Lambda takes messages from a queue with the rights of the function that works on them.
    "take file events": [
        ("file events", ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"])
    ],
    "take turns": [("turns", ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"])],
    "send turns": [("turns", ["sqs:SendMessage"])],
    # Lambda reads a table's stream with the rights of the function that works on it.
    "read the stream": [
        (
            "table stream",
            [
                "dynamodb:DescribeStream",
                "dynamodb:GetRecords",
                "dynamodb:GetShardIterator",
                "dynamodb:ListStreams",
            ],
        )
    ],
    "put events": [("bus", ["events:PutEvents"]), ("policy bus", ["events:PutEvents"])],
    "park events": [("parked", ["sqs:SendMessage"])],
    "wake lanes": [("lanes", ["sqs:SendMessage"])],
    "look at lanes": [("lanes", ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"])],
    # Who draws a secret can't read it again; who signs draws none.
    "seal secrets": [("secrets key", ["kms:Encrypt"])],
    "open secrets": [("secrets key", ["kms:Decrypt"])],
    "write deliveries": [("table", ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"])],
    # Groups and MFA of a user: for API tokens, for `x-user-id`, for roles that require MFA. One function asks
    # the pool and keeps what it said, all others ask that function.
    "read users": [("users", ["cognito-idp:AdminGetUser", "cognito-idp:AdminListGroupsForUser"])],
    "keep looks": [("table", ["dynamodb:PutItem", "dynamodb:UpdateItem"])],
    "ask about people": [("look_at_person", ["lambda:InvokeFunction"])],
    # When an API token was last used.
    "touch tokens": [("table", ["dynamodb:UpdateItem"])],
}

_TOKENS = f"{keys.TOKENS_PREFIX}*"
_LOOKS = f"{keys.LOOKS_PREFIX}*"
_POLICY = [keys.POLICY, keys.MEMBERS, _TOKENS, keys.POLICY_EVENTS]
# Which items a grant is about, where not all: who may do what is written by those alone who say so.
ITEMS: dict[str, dict[str, dict[str, list[str]]]] = {
    "write table": {"ForAllValues:StringNotLike": {"dynamodb:LeadingKeys": [*_POLICY, _LOOKS]}},
    "write items": {"ForAllValues:StringNotLike": {"dynamodb:LeadingKeys": [*_POLICY, _LOOKS]}},
    # With its receipt, in one transaction: AWS doesn't say whether it looks at each item of one by itself.
    "write policy": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [*_POLICY, f"{keys.ONCE_PREFIX}*"]}},
    "record refusals": {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [keys.POLICY_EVENTS]}},
    "write deliveries": {
        "ForAllValues:StringLike": {
            "dynamodb:LeadingKeys": [webhook_keys.WEBHOOKS, f"{webhook_keys.WEBHOOK_PREFIX}*"]
        }
    },
    "keep looks": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [_LOOKS]}},
    "touch tokens": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [_TOKENS]}},
}

# What it takes to change files.
WRITE_FILES = {"copy assets", "delete assets"}
READ = ("read table",)
WRITE = ("read table", "write table")
RESTORE = ("copy assets", "delete assets")
READ_FILES = ("list assets", "list object versions", "read assets")
# A commit drops the change sets that it has taken in.
SNAPSHOT = (*WRITE, "write items", *READ_FILES, "read manifests", "write manifests")
# Whether the bytes of a version are there; a job that has to find out keeps its command beside the manifests.
CHECK = (*READ_FILES, "read manifests", "write manifests")


@dataclass(frozen=True)
class Access:
    """What a function may do, and the memory and time it needs for that.

    HTTP API gives up after 30 seconds; a function that outlives its caller helps nobody.
    """

    grants: tuple[str, ...] = ()
    memory: int = 1024
    seconds: int = 29


# Moving a row to another stack moves its routes, and CloudFormation would make them anew before it removes
# the old ones, which API Gateway refuses: a row stays where it is.
STACKS = {
    "VersionsRead": {
        "list_versions": Access((*READ, "read manifests", *READ_FILES)),
        "get_version": Access((*READ, "read manifests", *READ_FILES)),
        "get_history": Access(READ),
        # It ends a job that nobody heard the end of.
        "get_job": Access((*WRITE, "look at jobs")),
        "compare_versions": Access((*READ, *READ_FILES, "read manifests"), memory=2048),
        "download_version": Access((*READ, *READ_FILES, "read manifests")),
        "resolve_variables": Access((*READ, "read manifests")),
    },
    "VersionsWrite": {
        # A text that was stored in vain is taken back: what was there before is copied over it.
        "create_version": Access((*SNAPSHOT, *RESTORE, "start jobs"), memory=2048),
        "update_version": Access((*SNAPSHOT, *RESTORE)),
        "adjust_version": Access((*SNAPSHOT, *RESTORE, "start jobs"), memory=2048),
        "archive_version": Access(WRITE),
        "unarchive_version": Access((*WRITE, *CHECK, "start jobs"), memory=2048),
        "publish_version": Access((*WRITE, *CHECK, "start jobs"), memory=2048),
        "clone_version": Access((*WRITE, *CHECK, "start jobs"), memory=2048),
        "delete_version": Access(WRITE),
        "revert_version": Access((*SNAPSHOT, *RESTORE, "start jobs"), memory=2048),
        "activate_version": Access((*SNAPSHOT, *RESTORE, "start jobs"), memory=2048),
        "cancel_job": Access((*WRITE, "stop jobs")),
        "verify_version": Access(
            (*WRITE, *READ_FILES, "read manifests", "write manifests", "start jobs"), memory=2048
        ),
    },
    "Catalog": {
        "catalog": Access(
            (
                *READ,
                "write table",
                "write items",
                "read manifests",
                "write manifests",
                "start jobs",
                "look at jobs",
            )
        ),
    },
    "Files": {
        "files": Access((*SNAPSHOT, *RESTORE, "start jobs")),
    },
    "Uploads": {
        # An upload that broke off is taken back: what was there before is copied over it.
        "uploads": Access((*SNAPSHOT, "end uploads", *RESTORE, "send turns"), memory=2048),
    },
    "Access": {
        "access": Access((*WRITE, "write policy")),
        "seed_policy": Access((*READ, "write policy")),
    },
    "Subscriptions": {
        "subscriptions": Access(WRITE),
    },
    "Webhooks": {
        "webhooks": Access((*WRITE, "seal secrets", "wake lanes")),
    },
    "Service": {
        "service": Access(),
        "session": Access(READ),
        "fallback": Access(seconds=3),
    },
    "Jobs": {
        "job_prepare": Access((*SNAPSHOT, *RESTORE), memory=3008, seconds=900),
        "job_copy": Access((*SNAPSHOT, *RESTORE, "send turns"), memory=2048, seconds=900),
        "job_finish": Access((*SNAPSHOT, "send turns"), memory=3008, seconds=900),
        "job_fail": Access((*WRITE, "read manifests", "keep lost ends")),
    },
    # What nobody asks for.
    "Events": {
        # It hides files of a type that the database does not take.
        "on_files_changed": Access(
            (
                *WRITE,
                "write items",
                "take file events",
                "send turns",
                "list assets",
                "read assets",
                "delete assets",
                "read manifests",
            )
        ),
    },
    "Schedule": {
        "reconcile_assets": Access((*WRITE, "write manifests", "start jobs")),
    },
    "Automatic": {
        "make_automatic_version": Access((*SNAPSHOT, "take turns", "send turns"), memory=3008, seconds=900),
    },
    "Deliveries": {
        "deliver_webhooks": Access(
            (
                *READ,
                "write deliveries",
                "look at lanes",
                "wake lanes",
                "open secrets",
                "ask about people",
            )
        ),
    },
    # What goes out by itself.
    "Outbox": {
        "publish_events": Access(
            (*READ, "read the stream", "put events", "park events", "write deliveries", "wake lanes")
        ),
    },
}
# The parent's own: the API asks the one before it asks any other, and all others ask the other one.
PARENT = {
    "authorizer": Access(("read table", "touch tokens", "ask about people"), seconds=10),
    "look_at_person": Access(("read table", "read users", "keep looks"), seconds=15),
}
ACCESS = PARENT | {name: access for rows in STACKS.values() for name, access in rows.items()}
