"""A stage as the stacks see it: its settings from cdk.json, in CDK's words."""

from aws_cdk import Environment, RemovalPolicy
from aws_cdk import aws_logs as logs
from constructs import Construct, Node

from infra.settings import LOCAL, Settings, read

# Each distribution has a name of its own there.
CLOUDFRONT = "https://*.cloudfront.net"
RETENTION = {
    7: logs.RetentionDays.ONE_WEEK,
    14: logs.RetentionDays.TWO_WEEKS,
    365: logs.RetentionDays.ONE_YEAR,
}


class Stage(Settings):
    """Settings, and what the context adds to them."""

    name: str
    api_url: str | None = None
    tokens_api_url: str | None = None

    @staticmethod
    def of(node: Node) -> "Stage":
        """The stage that the context names."""
        name = node.try_get_context("stage")
        found = read(name, node.try_get_context("stages"))
        addresses = {
            "api_url": node.try_get_context("apiUrl"),
            "tokens_api_url": node.try_get_context("tokensApiUrl"),
        }
        return Stage(**dict(found), name=name, **addresses)

    @property
    def local(self) -> bool:
        """True where functions run on this machine, with this machine's Python."""
        return self.name == LOCAL

    @property
    def env(self) -> Environment | None:
        """The account and region it belongs to; None for wherever the credentials point."""
        return Environment(account=self.account, region=self.region) if self.account else None

    @property
    def retention(self) -> logs.RetentionDays:
        return RETENTION[self.log_retention_days]

    @property
    def removal(self) -> RemovalPolicy:
        return RemovalPolicy.RETAIN if self.keep_data else RemovalPolicy.DESTROY

    @property
    def public_url(self) -> str | None:
        """Where clients find the API; None for wherever API Gateway puts it."""
        return self.domain.url if self.domain else self.api_url

    @property
    def page_origins(self) -> tuple[str, ...]:
        """Whose pages may use links to files: those that are named, and the stage's own console.

        Where CloudFront puts that is known too late; a link is a permission by itself, whoever uses it.
        """
        own = self.api_url if self.local else CLOUDFRONT if self.console else None
        return (*self.cors_origins, own) if own else self.cors_origins

    @property
    def public_tokens_url(self) -> str | None:
        """The same of the API that takes API tokens."""
        return self.domain.tokens_url if self.domain else self.tokens_api_url

    def log_group(self, scope: Construct, construct_id: str, name: str | None = None) -> logs.LogGroup:
        """A log group with the stage's retention. What a failed deployment logged goes with it."""
        kept = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
        return logs.LogGroup(
            scope,
            construct_id,
            log_group_name=name,
            retention=self.retention,
            removal_policy=kept if self.keep_data else RemovalPolicy.DESTROY,
        )
