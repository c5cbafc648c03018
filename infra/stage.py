"""Stages: what differs between development, production and local deployments, read from cdk.json."""

from dataclasses import dataclass

from aws_cdk import RemovalPolicy
from aws_cdk import aws_logs as logs
from constructs import Construct, Node

RETENTION = {
    7: logs.RetentionDays.ONE_WEEK,
    14: logs.RetentionDays.TWO_WEEKS,
    365: logs.RetentionDays.ONE_YEAR,
}


@dataclass(frozen=True)
class Stage:
    name: str
    retention: logs.RetentionDays
    keep_data: bool
    api_url: str | None

    @staticmethod
    def of(node: Node) -> "Stage":
        """The stage that the context names."""
        name = node.try_get_context("stage")
        stages = node.try_get_context("stages")
        if name not in stages:
            raise SystemExit(
                f"Unknown stage {name!r}. Choose one of {', '.join(stages)}, or add it to cdk.json."
            )
        settings = stages[name]
        days = settings["logRetentionDays"]
        if days not in RETENTION:
            raise SystemExit(
                f"Stage {name}: logRetentionDays must be one of {sorted(RETENTION)}, not {days}."
            )
        return Stage(name, RETENTION[days], settings["keepData"], node.try_get_context("apiUrl"))

    @property
    def local(self) -> bool:
        """True where functions run on this machine, with this machine's Python."""
        return self.name == "local"

    @property
    def removal(self) -> RemovalPolicy:
        return RemovalPolicy.RETAIN if self.keep_data else RemovalPolicy.DESTROY

    def log_group(self, scope: Construct, construct_id: str, name: str) -> logs.LogGroup:
        """A log group with the stage's retention."""
        return logs.LogGroup(
            scope, construct_id, log_group_name=name, retention=self.retention, removal_policy=self.removal
        )
