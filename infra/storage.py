"""Where everything is kept: one table, the versioned bucket of assets' files, the bucket of manifests."""

from assetversions.storage.dynamodb import keys
from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_s3 as s3
from cdk_nag import NagSuppressions
from constructs import Construct

from infra.stage import Stage

NO_ACCESS_LOGS = (
    "Every change of an asset is on record in the table; object-level logs are CloudTrail data events, "
    "which the account's owner turns on for the whole account."
)


class Storage(Construct):
    def __init__(self, scope: Construct, construct_id: str, stage: Stage) -> None:
        super().__init__(scope, construct_id)
        self.table = self._table(stage)
        # Old object versions are what this product is for: no rule may expire them.
        self.assets = self._bucket("Assets", stage.removal)
        self.manifests = self._bucket("Manifests", stage.removal)

    def _table(self, stage: Stage) -> dynamodb.Table:
        text = dynamodb.AttributeType.STRING
        table = dynamodb.Table(
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
            deletion_protection=stage.keep_data,
            removal_policy=stage.removal,
        )
        table.add_global_secondary_index(
            index_name=keys.INDEX,
            partition_key=dynamodb.Attribute(name=keys.INDEX_PARTITION, type=text),
            sort_key=dynamodb.Attribute(name=keys.INDEX_SORT, type=text),
            projection_type=dynamodb.ProjectionType.ALL,
        )
        return table

    def _bucket(self, construct_id: str, removal: RemovalPolicy) -> s3.Bucket:
        bucket = s3.Bucket(
            self,
            construct_id,
            versioned=True,
            enforce_ssl=True,
            minimum_tls_version=1.2,
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            lifecycle_rules=[s3.LifecycleRule(abort_incomplete_multipart_upload_after=Duration.days(7))],
            removal_policy=removal,
        )
        NagSuppressions.add_resource_suppressions(
            bucket, [{"id": "AwsSolutions-S1", "reason": NO_ACCESS_LOGS}]
        )
        return bucket
