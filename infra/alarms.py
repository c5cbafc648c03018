"""The alarms of docs/operating.md; who is told of them is the account's to say."""

from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

# Chapters of docs/operating.md.
AT_WORK = "Long operations"
ARRIVING = "Files that arrive by themselves"
GOING_OUT = "Events that go out"


def alarm(
    scope: Construct,
    construct_id: str,
    what: str,
    chapter: str,
    metric: cloudwatch.IMetric,
    above: float = 0,
    periods: int = 1,
) -> None:
    """Once the metric was `above` for so many periods: `what` has happened, see that chapter."""
    cloudwatch.Alarm(
        scope,
        construct_id,
        alarm_description=f"{what}: Operating, {chapter}.",
        metric=metric,
        threshold=above,
        comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluation_periods=periods,
        treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
    )
