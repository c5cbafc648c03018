"""Makes Lambda functions, each with a role of its own that may do what its access row says and no more."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

from assetversions.domain.zips import PREFIX as ZIPS
from aws_cdk import Aws, Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from cdk_nag import NagSuppressions
from constructs import Construct

from infra import documents
from infra.access import ACCESS, STACKS, WRITE_FILES, grants, rights
from infra.bytecode import ROOT
from infra.identity import Identity
from infra.items import only
from infra.layers import ARCHITECTURE, JUNK, RUNTIME
from infra.stage import Stage
from infra.storage import Storage

OBJECT_KEYS = (
    "Object keys are data; the bucket is named, the actions are listed, and nothing narrower exists."
)
EXECUTIONS = "The machine is named; its executions are named after jobs, which come and go."
TRACES = "X-Ray has no resources that a permission could name; these two actions only send traces."
# What runs for minutes in jobs, many at once, and must not take the places of those who answer requests.
COPYING_STEPS = {name for name, access in STACKS["Jobs"].items() if "copy assets" in access.grants}
# They fetch contents from elsewhere, where the stage lets them.
IMPORTING = {"create_version", "update_version"}
# What a stage without mail has not.
SENDERS = {"sender", "sender's domain"}
# Lambda takes 16 messages that came of one another for a runaway loop, and drops the next.
LOOPS_ON = lambda_.RecursiveLoop.ALLOW
RUNTIME_REASON = (
    "Python 3.13 is what the vendored wheels and the tests stand for; it is supported until 2029."
)


@dataclass(frozen=True)
class Functions:
    """What all functions share. `machine_arn` and `executions_arn` are there once the machine is, which calls
    functions itself, `looker_arn` once the function is that others call; `queues` and `buses` are those that
    are there, by their names."""

    stage: Stage
    storage: Storage
    identity: Identity
    layers: list[lambda_.ILayerVersion]
    machine_arn: str | None = None
    executions_arn: str | None = None
    looker_arn: str | None = None
    queues: Mapping[str, sqs.IQueue] = field(default_factory=dict)
    buses: Mapping[str, events.IEventBus] = field(default_factory=dict)
    # The roles of those that write files, as they are made.
    writers: list[str] = field(default_factory=list)

    def add(
        self,
        scope: Construct,
        name: str,
        environment: Mapping[str, str] | None = None,
    ) -> lambda_.Function:
        """The function of this name; `environment` comes on top of what its rights take.

        CloudFormation makes up its full name, so that a deployment never meets what an earlier one left.
        """
        access = ACCESS[name]
        log_group = self.stage.log_group(scope, f"{name}.logs")
        function = lambda_.Function(
            scope,
            name,
            description=name,
            runtime=RUNTIME,
            architecture=ARCHITECTURE,
            handler="handler.handler",
            code=lambda_.Code.from_asset(str(self._folder(name)), exclude=JUNK),
            layers=self.layers,
            # As it is: CDK would add a second policy for traces.
            role=self._role(scope, name, log_group.log_group_arn).without_policy_updates(),
            log_group=log_group,
            tracing=lambda_.Tracing.ACTIVE,
            memory_size=access.memory,
            timeout=Duration.seconds(access.seconds),
            reserved_concurrent_executions=self.stage.copies_at_once if name in COPYING_STEPS else None,
            recursive_loop=LOOPS_ON if _sends_to_itself(name) else None,
            environment=self._environment(name) | dict(environment or {}),
        )
        NagSuppressions.add_resource_suppressions(
            function, [{"id": "AwsSolutions-L1", "reason": RUNTIME_REASON}]
        )
        return function

    def _folder(self, name: str) -> Path:
        """What is packed as its code."""
        domain = self.stage.domain
        if name != "documents":
            return ROOT / "functions" / name
        return documents.folder((domain.url, domain.tokens_url) if domain else ())

    def _environment(self, name: str) -> dict[str, str]:
        granted = set(grants(name))
        found = {
            "TABLE_NAME": self.storage.table.table_name,
            "ASSETS_BUCKET": self.storage.assets.bucket_name,
            "ASSETS_PREFIX": self.stage.assets_prefix,
            "MANIFESTS_BUCKET": self.storage.manifests.bucket_name,
            "POWERTOOLS_SERVICE_NAME": "asset-versions",
            "POWERTOOLS_LOG_LEVEL": "INFO",
            # It has none; a start would look for them in every package that is installed.
            "PYDANTIC_DISABLE_PLUGINS": "__all__",
            "JOBS_PER_PERSON": str(self.stage.jobs_per_person),
            "JOBS_PER_ASSET": str(self.stage.jobs_per_asset),
            "DIRECT_WRITES": self.stage.direct_writes,
            "LINK_MINUTES": str(self.stage.link_minutes),
            "ID_TOKENS": "yes" if self.stage.vams.id_tokens else "no",
        }
        if self.stage.public_url:
            found["API_URL"] = self.stage.public_url
        if "record refusals" in granted:
            found["REFUSALS_KEPT_DAYS"] = str(self.stage.log_retention_days)
        if "API tokens" in ACCESS[name].kinds:
            found["API_TOKEN_DAYS"] = str(self.stage.api_token_days)
        if "read users" in granted:
            found["USER_POOL_ID"] = self.identity.pool.user_pool_id
        if "ask about people" in granted:
            found["LOOK_AT_PERSON"] = self._arn("look_at_person")
        if {"start jobs", "stop jobs", "look at jobs"} & granted:
            found["STATE_MACHINE_ARN"] = self._arn("machine")
        if "send turns" in granted:
            found["TURNS_URL"] = self.queues["turns"].queue_url
        return found | self._of_imports(name) | self._of_webhooks(granted)

    def _of_imports(self, name: str) -> dict[str, str]:
        if name not in IMPORTING or not self.stage.posta.imports:
            return {}
        return {"IMPORTS": "yes", "LOOPBACK_RECEIVERS": "yes" if self.stage.local else "no"}

    def _of_webhooks(self, granted: Set[str]) -> dict[str, str]:
        found = {"LANES_URL": self.queues["lanes"].queue_url} if "wake lanes" in granted else {}
        if "queue mail" in granted and self.stage.mail:
            found["MAIL_URL"] = self.queues["mail"].queue_url
        if {"write tickets", "read tickets"} & granted:
            found["TICKETS_KEY"] = self.storage.tickets.key_arn
        if {"seal secrets", "open secrets"} & granted:
            found["SECRETS_KEY"] = self.storage.secrets.key_arn
            found["LOOPBACK_RECEIVERS"] = "yes" if self.stage.local else "no"
        return found

    def _arn(self, resource: str) -> str:
        storage = self.storage
        found: dict[str, str | None] = {
            "table": storage.table.table_arn,
            "table stream": storage.stream_arn,
            "assets": storage.assets.bucket_arn,
            "asset objects": storage.assets.arn_for_objects(f"{self.stage.assets_prefix}*"),
            "manifests": storage.manifests.bucket_arn,
            "manifest objects": storage.manifests.arn_for_objects("*"),
            "zip objects": storage.manifests.arn_for_objects(f"{ZIPS}*"),
            "machine": self.machine_arn,
            "executions": self.executions_arn,
            "look_at_person": self.looker_arn,
            "users": self.identity.pool.user_pool_arn,
            "secrets key": storage.secrets.key_arn,
            "tickets key": storage.tickets.key_arn,
            **self._senders(),
            **{name: queue.queue_arn for name, queue in self.queues.items()},
            **{name: bus.event_bus_arn for name, bus in self.buses.items()},
        }
        arn = found.get(resource)
        assert arn is not None, f"There is no {resource} yet."
        return arn

    def _senders(self) -> dict[str, str]:
        """The identities of SES that may stand for the stage's address."""
        if not self.stage.mail:
            return {}
        identities = f"arn:{Aws.PARTITION}:ses:{Aws.REGION}:{Aws.ACCOUNT_ID}:identity/"
        address = self.stage.mail.sender
        return {"sender": identities + address, "sender's domain": identities + address.partition("@")[2]}

    def _role(self, scope: Construct, name: str, log_group_arn: str) -> iam.Role:
        statements = [
            iam.PolicyStatement(
                actions=["logs:CreateLogStream", "logs:PutLogEvents"], resources=[log_group_arn]
            ),
            iam.PolicyStatement(
                actions=["xray:PutTraceSegments", "xray:PutTelemetryRecords"], resources=["*"]
            ),
        ]
        for right in rights(name):
            if right.resource in SENDERS and not self.stage.mail:
                continue
            statements.append(
                iam.PolicyStatement(
                    actions=list(right.actions),
                    resources=[self._arn(right.resource)],
                    conditions=only(right.kinds) if right.kinds else None,
                )
            )
        role = iam.Role(
            scope,
            f"{name}.role",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            inline_policies={"access": iam.PolicyDocument(statements=statements)},
        )
        if WRITE_FILES & set(grants(name)):
            self.writers.append(role.role_arn)
        NagSuppressions.add_resource_suppressions(
            role,
            [
                {
                    "id": "AwsSolutions-IAM5",
                    "reason": OBJECT_KEYS,
                    "appliesTo": [{"regex": "/^Resource::.+/\\*$/"}],
                },
                {
                    "id": "AwsSolutions-IAM5",
                    "reason": EXECUTIONS,
                    "appliesTo": [{"regex": "/^Resource::.+:execution:.+:\\*$/"}],
                },
                {"id": "AwsSolutions-IAM5", "reason": TRACES, "appliesTo": ["Resource::*"]},
            ],
        )
        return role


def _sends_to_itself(name: str) -> bool:
    """Whether it may fill the queue that it works on: what has to wait for long is sent on and on."""
    filled = {right.resource for right in rights(name) if "sqs:SendMessage" in right.actions}
    return any(right.resource in filled for right in rights(name) if "sqs:ReceiveMessage" in right.actions)
