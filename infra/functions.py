"""One Lambda per operation, each with a role of its own that may do what its access row says and no more."""

from collections.abc import Iterable
from dataclasses import dataclass

from assetversions.storage.dynamodb import keys
from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from cdk_nag import NagSuppressions
from constructs import Construct

from infra.identity import Identity
from infra.jobs import machine_arn
from infra.layers import ARCHITECTURE, JUNK, ROOT, RUNTIME
from infra.stage import Stage
from infra.storage import Storage

# A grant is a list of (resource, actions); Resources below says which ARN a resource's name stands for.
GRANTS: dict[str, list[tuple[str, list[str]]]] = {
    "read table": [("table", ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"])],
    "write table": [
        (
            "table",
            ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem"],
        )
    ],
    "write items": [("table", ["dynamodb:BatchWriteItem"])],
    "query index": [("index", ["dynamodb:Query"])],
    "list assets": [("assets", ["s3:ListBucket"])],
    "list object versions": [("assets", ["s3:ListBucketVersions"])],
    "read assets": [("asset objects", ["s3:GetObject", "s3:GetObjectVersion"])],
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
    # A link that is signed to put a part allows what its signer may do.
    "upload assets": [("asset objects", ["s3:PutObject"])],
    "end uploads": [("asset objects", ["s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"])],
    "delete assets": [("asset objects", ["s3:DeleteObject"])],
    # Without ListBucket, S3 answers 403 instead of 404 for a manifest that is not there.
    "read manifests": [("manifest objects", ["s3:GetObject"]), ("manifests", ["s3:ListBucket"])],
    "write manifests": [("manifest objects", ["s3:PutObject"])],
    "start jobs": [("machine", ["states:StartExecution"])],
    # Groups and MFA of a user: for API tokens, for `x-user-id`, for roles that require MFA.
    "read users": [("users", ["cognito-idp:AdminGetUser", "cognito-idp:AdminListGroupsForUser"])],
    # When an API token was last used.
    "touch tokens": [("table", ["dynamodb:UpdateItem"])],
}

READ = ("read table",)
LIST = ("read table", "query index")
WRITE = ("read table", "write table")
RESTORE = ("copy assets", "delete assets")
SNAPSHOT = (*WRITE, "list assets", "list object versions", "read assets", "read manifests", "write manifests")


@dataclass(frozen=True)
class Access:
    """What an operation may do, and the memory and time it needs for that.

    HTTP API gives up after 30 seconds; a function that outlives its caller helps nobody.
    """

    grants: tuple[str, ...] = ()
    memory: int = 1024
    seconds: int = 29


ACCESS = {
    "describe_service": Access(),
    "create_database": Access(WRITE),
    "list_databases": Access(LIST),
    "get_database": Access(READ),
    "create_asset": Access((*WRITE, "write items", "write manifests")),
    "list_assets": Access(LIST),
    "get_asset": Access((*READ, "read manifests")),
    "list_versions": Access((*READ, "read manifests", "read assets")),
    "list_properties": Access(READ),
    "adjust_version": Access((*SNAPSHOT, *RESTORE, "start jobs"), memory=2048),
    "get_version": Access((*READ, "read manifests", "list object versions", "read assets")),
    "create_version": Access((*SNAPSHOT, "upload assets", "start jobs"), memory=2048),
    "update_version": Access((*WRITE, "upload assets", "read assets", "write manifests")),
    "archive_version": Access(WRITE),
    "unarchive_version": Access(WRITE),
    "publish_version": Access(WRITE),
    "clone_version": Access((*WRITE, "read manifests", "read assets")),
    "delete_version": Access(WRITE),
    "get_history": Access(READ),
    "resolve_variables": Access((*READ, "read manifests")),
    "revert_version": Access((*SNAPSHOT, *RESTORE, "start jobs"), memory=2048),
    "activate_version": Access((*SNAPSHOT, *RESTORE, "start jobs"), memory=2048),
    "compare_versions": Access((*READ, "list assets", "read assets", "read manifests"), memory=2048),
    "verify_version": Access(
        (*WRITE, "list object versions", "read manifests", "write manifests", "start jobs"), memory=2048
    ),
    "get_job": Access(READ),
    "describe_session": Access(READ),
    "update_asset": Access((*WRITE, "write items", "write manifests")),
    "archive_asset": Access(WRITE),
    "unarchive_asset": Access(WRITE),
    "start_upload": Access((*WRITE, "upload assets"), memory=2048),
    "complete_upload": Access(
        (*WRITE, "upload assets", "end uploads", "list object versions", "read assets"), memory=2048
    ),
    "abort_upload": Access((*WRITE, "end uploads")),
    "list_files": Access((*READ, "list object versions", "read manifests")),
    "get_file": Access((*READ, "list assets", "list object versions", "read assets", "read manifests")),
    "download_file": Access((*READ, "list assets", "read assets", "read manifests")),
    "download_version": Access((*READ, "read assets", "read manifests")),
    "revert_file": Access((*WRITE, "list assets", "read assets", "copy assets")),
    "archive_files": Access((*WRITE, "list object versions", "delete assets")),
    "unarchive_file": Access((*WRITE, "list assets", "list object versions", "read assets", "copy assets")),
    "list_subscriptions": Access(LIST),
    "subscribe": Access((*LIST, "write table")),
    "unsubscribe": Access((*LIST, "write table")),
    "delete_subscription": Access((*LIST, "write table")),
    "list_rules": Access(READ),
    "get_rule": Access(READ),
    "put_rule": Access(WRITE),
    "delete_rule": Access(WRITE),
    "list_roles": Access(READ),
    "put_role": Access(WRITE),
    "delete_role": Access(WRITE),
    "list_memberships": Access(READ),
    "put_membership": Access(WRITE),
    "delete_membership": Access(WRITE),
    "create_api_token": Access(WRITE),
    "list_api_tokens": Access(READ),
    "delete_api_token": Access(WRITE),
    "explain_access": Access(READ),
    "list_policy_events": Access(READ),
    "fallback": Access(seconds=3),
    "authorizer": Access(("read table", "touch tokens", "read users"), seconds=10),
    "job_prepare": Access(SNAPSHOT, memory=3008, seconds=900),
    "job_copy": Access((*SNAPSHOT, *RESTORE), memory=2048, seconds=900),
    "job_finish": Access(SNAPSHOT, memory=3008, seconds=900),
    "job_fail": Access((*WRITE, "read manifests")),
    "seed_policy": Access(WRITE),
}

OBJECT_KEYS = (
    "Object keys are data; the bucket is named, the actions are listed, and nothing narrower exists."
)
RUNTIME_REASON = (
    "Python 3.13 is what the vendored wheels and the tests stand for; it is supported until 2029."
)


class Functions(Construct):
    """Makes the functions, all with the same layers and environment."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        storage: Storage,
        identity: Identity,
        layers: list[lambda_.ILayerVersion],
    ) -> None:
        super().__init__(scope, construct_id)
        self._stage = stage
        self._layers = layers
        self._resources = {
            "table": storage.table.table_arn,
            "index": f"{storage.table.table_arn}/index/{keys.INDEX}",
            "assets": storage.assets.bucket_arn,
            "asset objects": storage.assets.arn_for_objects("*"),
            "manifests": storage.manifests.bucket_arn,
            "manifest objects": storage.manifests.arn_for_objects("*"),
            "machine": machine_arn(self, stage),
            "users": identity.pool.user_pool_arn,
        }
        self._environment = {
            "TABLE_NAME": storage.table.table_name,
            "ASSETS_BUCKET": storage.assets.bucket_name,
            "MANIFESTS_BUCKET": storage.manifests.bucket_name,
            "POWERTOOLS_SERVICE_NAME": "asset-versions",
            "POWERTOOLS_LOG_LEVEL": "INFO",
        } | ({"API_URL": stage.api_url} if stage.api_url else {})

    def add(
        self, operation: str, environment: dict[str, str] | None = None, grants: tuple[str, ...] = ()
    ) -> lambda_.Function:
        """The function of one operation; `grants` come on top of those of its row."""
        if operation not in ACCESS:
            raise SystemExit(f"No access row for {operation!r}: add one to ACCESS in infra/functions.py.")
        access = ACCESS[operation]
        name = f"asset-versions-{self._stage.name}-{operation}"
        log_group = self._stage.log_group(self, f"{operation}.logs", f"/aws/lambda/{name}")
        function = lambda_.Function(
            self,
            operation,
            function_name=name,
            runtime=RUNTIME,
            architecture=ARCHITECTURE,
            handler="handler.handler",
            code=lambda_.Code.from_asset(str(ROOT / "functions" / operation), exclude=JUNK),
            layers=self._layers,
            role=self._role(operation, (*access.grants, *grants), log_group.log_group_arn),
            log_group=log_group,
            memory_size=access.memory,
            timeout=Duration.seconds(access.seconds),
            environment=self._environment | (environment or {}) | self._engine(access),
        )
        NagSuppressions.add_resource_suppressions(
            function, [{"id": "AwsSolutions-L1", "reason": RUNTIME_REASON}]
        )
        return function

    def _engine(self, access: Access) -> dict[str, str]:
        return {"STATE_MACHINE_ARN": self._resources["machine"]} if "start jobs" in access.grants else {}

    def _role(self, operation: str, grants: Iterable[str], log_group_arn: str) -> iam.Role:
        statements = [
            iam.PolicyStatement(
                actions=["logs:CreateLogStream", "logs:PutLogEvents"], resources=[log_group_arn]
            )
        ]
        for grant in grants:
            for resource, actions in GRANTS[grant]:
                statements.append(iam.PolicyStatement(actions=actions, resources=[self._resources[resource]]))
        role = iam.Role(
            self,
            f"{operation}.role",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            inline_policies={"access": iam.PolicyDocument(statements=statements)},
        )
        NagSuppressions.add_resource_suppressions(
            role,
            [
                {
                    "id": "AwsSolutions-IAM5",
                    "reason": OBJECT_KEYS,
                    "appliesTo": [{"regex": "/^Resource::.+Arn>/\\*$/"}],
                }
            ],
        )
        return role
