"""What a grant of `infra/access.py` comes to in AWS. It imports no CDK."""

# A grant is a list of (resource, actions); functions.py says which ARN a resource's name stands for.
GRANTS: dict[str, list[tuple[str, list[str]]]] = {
    "read table": [("table", ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"])],
    # Whatever serves a writing operation has this.
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
    "read zips": [("zip objects", ["s3:GetObject"])],
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
    "queue mail": [("mail", ["sqs:SendMessage"])],
    "take mail": [("mail", ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"])],
    # SES asks for the identity that the sender's address has: itself, or else its domain. A stage without
    # mail has none, and no such right.
    "send mail": [("sender", ["ses:SendEmail"]), ("sender's domain", ["ses:SendEmail"])],
    "write tickets": [("tickets key", ["kms:Encrypt"])],
    "read tickets": [("tickets key", ["kms:Decrypt"])],
    # Groups and MFA of a user: for API tokens, for `x-user-id`, for roles that require MFA. One function asks
    # the pool and keeps what it said, all others ask that function.
    "read users": [("users", ["cognito-idp:AdminGetUser", "cognito-idp:AdminListGroupsForUser"])],
    "keep looks": [("table", ["dynamodb:PutItem", "dynamodb:UpdateItem"])],
    "ask about people": [("look_at_person", ["lambda:InvokeFunction"])],
    # When an API token was last used.
    "touch tokens": [("table", ["dynamodb:UpdateItem"])],
}

# What items a grant is about that writes some.
KEPT_TO = {
    "record refusals": "policy events",
    "keep looks": "looks at the pool",
    "touch tokens": "API tokens",
}
