"""Where everything is kept: one table, the versioned bucket of assets' files, the bucket of manifests."""

from collections.abc import Sequence
from datetime import timedelta

from assetversions.domain import packs, zips
from assetversions.storage.dynamodb import keys
from aws_cdk import Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from cdk_nag import NagSuppressions
from constructs import Construct

from infra.stage import Stage

# All that makes another object version the newest, be it from another account's bucket.
WRITES = [
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:ReplicateObject",
    "s3:ReplicateDelete",
]
NOT_KEPT = "This stage keeps no data, so it keeps no record of who reached for it either."
IS_THE_LOG = "This is where the access logs of the other buckets go."


class Storage(Construct):
    """What the stage attaches by name, a restored table for example, is taken as it is, not made."""

    def __init__(self, scope: Construct, construct_id: str, stage: Stage) -> None:
        super().__init__(scope, construct_id)
        self._stage = stage
        attach = stage.attach
        self._logs = self._log_bucket() if stage.keep_data else None
        self.table = self._attached_table() if attach.table else self._table()
        # Old object versions are what this product is for: no rule may expire them.
        self.assets = self._bucket("Assets", attach.assets_bucket, _cors(stage))
        _tell_of_changes(self.assets)
        expiring = [*_expiring(zips.PREFIX, zips.KEPT), *_expiring(packs.PREFIX, packs.KEPT)]
        self.manifests = self._bucket("Manifests", attach.manifests_bucket, _cors_of_packs(stage), expiring)
        # The secrets of webhooks: what is sealed with a key that is gone can't be opened by anybody.
        self.secrets = self._key("Secrets", "the secrets of webhooks")
        # What the links of letters hold: one that is open to the world opens no secret.
        self.tickets = self._key("Tickets", "the links of letters")

    @property
    def stream_arn(self) -> str:
        """Where the table's changes are told."""
        assert self.table.table_stream_arn is not None
        return self.table.table_stream_arn

    def let_write(self, roles: list[str]) -> None:
        """These roles alone: S3 refuses whoever else may write files, or destroy them."""
        self.assets.add_to_resource_policy(only_these_write(self.assets.arn_for_objects("*"), roles))

    def _key(self, construct_id: str, what: str) -> kms.Key:
        return kms.Key(
            self,
            construct_id,
            description=f"Asset versions: {what}",
            enable_key_rotation=True,
            removal_policy=self._stage.removal,
        )

    def _attached_table(self) -> dynamodb.ITable:
        attach = self._stage.attach
        return dynamodb.Table.from_table_attributes(
            self, "Table", table_name=attach.table, table_stream_arn=attach.table_stream_arn
        )

    def _table(self) -> dynamodb.ITable:
        text = dynamodb.AttributeType.STRING
        return dynamodb.Table(
            self,
            "Table",
            partition_key=dynamodb.Attribute(name=keys.PARTITION, type=text),
            sort_key=dynamodb.Attribute(name=keys.SORT, type=text),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            time_to_live_attribute=keys.EXPIRES,
            encryption=dynamodb.TableEncryption.AWS_MANAGED,
            deletion_protection=self._stage.keep_data,
            removal_policy=self._stage.removal,
        )

    def _bucket(
        self,
        construct_id: str,
        attached: str | None,
        cors: list[s3.CorsRule] | None,
        rules: Sequence[s3.LifecycleRule] = (),
    ) -> s3.IBucket:
        if attached:
            return s3.Bucket.from_bucket_name(self, construct_id, attached)
        bucket = s3.Bucket(
            self,
            construct_id,
            versioned=True,
            enforce_ssl=True,
            minimum_tls_version=1.2,
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            lifecycle_rules=[
                s3.LifecycleRule(abort_incomplete_multipart_upload_after=Duration.days(7)),
                *rules,
            ],
            cors=cors,
            server_access_logs_bucket=self._logs,
            server_access_logs_prefix=f"{construct_id.lower()}/" if self._logs else None,
            removal_policy=self._stage.removal,
        )
        if self._logs is None:
            _suppress(bucket, NOT_KEPT)
        return bucket

    def _log_bucket(self) -> s3.Bucket:
        """Who reached for which object: the API's own record says nothing of those who go past it."""
        bucket = s3.Bucket(
            self,
            "Logs",
            enforce_ssl=True,
            minimum_tls_version=1.2,
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            lifecycle_rules=[s3.LifecycleRule(expiration=Duration.days(self._stage.log_retention_days))],
            removal_policy=self._stage.removal,
        )
        _suppress(bucket, IS_THE_LOG)
        return bucket


def only_these_write(objects: str, roles: list[str]) -> iam.PolicyStatement:
    """A link acts for the role that signed it; S3's own lifecycle rules ask no policy."""
    return iam.PolicyStatement(
        sid="OnlyOurFunctionsWrite",
        effect=iam.Effect.DENY,
        principals=[iam.AnyPrincipal()],
        actions=WRITES,
        resources=[objects],
        conditions={"ArnNotLike": {"aws:PrincipalArn": roles}},
    )


def _expiring(prefix: str, kept: timedelta) -> list[s3.LifecycleRule]:
    """Of what can be made anew nothing stays: the bucket is versioned, so it takes both rules and a day."""
    days, day = Duration.days(kept.days), Duration.days(1)
    return [
        s3.LifecycleRule(prefix=prefix, expiration=days, noncurrent_version_expiration=day),
        s3.LifecycleRule(prefix=prefix, expired_object_delete_marker=True),
    ]


def _cors(stage: Stage) -> list[s3.CorsRule] | None:
    """Browsers put and get files by signed links, and complete an upload with the ETags of its parts."""
    if not stage.page_origins:
        return None
    methods = [s3.HttpMethods.GET, s3.HttpMethods.PUT, s3.HttpMethods.HEAD]
    rule = s3.CorsRule(
        allowed_methods=methods,
        allowed_origins=list(stage.page_origins),
        allowed_headers=["*"],
        exposed_headers=["ETag"],
        max_age=3600,
    )
    # A browser that the API has sent on to a link names no origin (Fetch standard, "HTTP-redirect fetch").
    sent_on = s3.CorsRule(
        allowed_methods=[s3.HttpMethods.GET, s3.HttpMethods.HEAD],
        allowed_origins=["null"],
        allowed_headers=["*"],
        exposed_headers=["Accept-Ranges", "Content-Range", "ETag"],
        max_age=3600,
    )
    return [rule, sent_on]


def _cors_of_packs(stage: Stage) -> list[s3.CorsRule] | None:
    """Browsers put packs of small files by signed links; they read nothing here."""
    if not stage.page_origins:
        return None
    rule = s3.CorsRule(
        allowed_methods=[s3.HttpMethods.PUT],
        allowed_origins=list(stage.page_origins),
        allowed_headers=["*"],
        exposed_headers=["ETag"],
        max_age=3600,
    )
    return [rule]


def _tell_of_changes(bucket: s3.IBucket) -> None:
    """To EventBridge, as a property of the bucket: CDK's own way would bring a function that sets it.

    An attached bucket is not ours to change.
    """
    made = bucket.node.default_child
    if isinstance(made, s3.CfnBucket):
        made.notification_configuration = s3.CfnBucket.NotificationConfigurationProperty(
            event_bridge_configuration=s3.CfnBucket.EventBridgeConfigurationProperty(
                event_bridge_enabled=True
            )
        )


def _suppress(bucket: s3.Bucket, reason: str) -> None:
    NagSuppressions.add_resource_suppressions(bucket, [{"id": "AwsSolutions-S1", "reason": reason}])
