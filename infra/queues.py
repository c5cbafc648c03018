"""Queues of messages for functions: what can't be worked on is kept aside, and an alarm says so."""

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_sqs as sqs
from cdk_nag import NagSuppressions
from constructs import Construct

LAST_STOP = "It is the dead-letter queue itself."
# Of docs/operating.md.
CHAPTER = "Operating, Files that arrive by themselves"
KEPT = Duration.days(14)


def queue(scope: Construct, construct_id: str, lost: sqs.Queue, attempts: int, hidden: Duration) -> sqs.Queue:
    """Its messages come back when they were `hidden` for so long; after so many attempts they are lost."""
    return _queue(
        scope,
        construct_id,
        visibility_timeout=hidden,
        dead_letter_queue=sqs.DeadLetterQueue(queue=lost, max_receive_count=attempts),
    )


def lost_letters(scope: Construct, construct_id: str, what: str) -> sqs.Queue:
    """With an alarm that says what has happened; who is told of it is the account's to say."""
    lost = _queue(scope, construct_id)
    NagSuppressions.add_resource_suppressions(lost, [{"id": "AwsSolutions-SQS3", "reason": LAST_STOP}])
    cloudwatch.Alarm(
        scope,
        f"{construct_id}Alarm",
        alarm_description=f"{what}: {CHAPTER}.",
        metric=lost.metric_approximate_number_of_messages_visible(
            period=Duration.minutes(1), statistic="Maximum"
        ),
        threshold=0,
        comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
        evaluation_periods=1,
        treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
    )
    return lost


def _queue(scope: Construct, construct_id: str, **how: object) -> sqs.Queue:
    return sqs.Queue(
        scope,
        construct_id,
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        retention_period=KEPT,
        **how,  # type: ignore[arg-type]
    )
