"""What the clock begins: reconciliations of all assets, as often as the stage says."""

from aws_cdk import Duration, NestedStack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from constructs import Construct

from infra.alarms import ARRIVING, alarm
from infra.functions import Functions

BEGINS = "reconcile_assets"


class Schedule(NestedStack):
    """A call a minute begins what is due, and goes on where the one before has ended; off unless wanted."""

    def __init__(self, scope: Construct, construct_id: str, functions: Functions) -> None:
        super().__init__(scope, construct_id, description=f"Asset versions: {construct_id}")
        days = functions.stage.reconcile_every_days
        begins = functions.add(self, BEGINS, {"RECONCILE_EVERY_DAYS": str(days or 0)})
        # What failed is for the call of the next minute.
        begins.configure_async_invoke(retry_attempts=0)
        events.Rule(
            self,
            "Minute",
            schedule=events.Schedule.rate(Duration.minutes(1)),
            enabled=days is not None,
            targets=[targets.LambdaFunction(begins)],
        )
        errors = begins.metric_errors(period=Duration.minutes(5), statistic="Sum")
        alarm(self, "ReconcileFails", "Assets are not reconciled", ARRIVING, errors, periods=3)
