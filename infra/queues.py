"""Queues of messages for functions: what can't be worked on is kept aside, and an alarm says so."""

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_sqs as sqs
from cdk_nag import NagSuppressions
from constructs import Construct

from infra.alarms import alarm

LAST_STOP = "It is the dead-letter queue itself."
KEPT = Duration.days(14)


def queue(scope: Construct, construct_id: str, lost: sqs.Queue, attempts: int, hidden: Duration) -> sqs.Queue:
    """Its messages come back when they were `hidden` for so long; after so many attempts they are lost."""
    return _queue(
        scope,
        construct_id,
        visibility_timeout=hidden,
        dead_letter_queue=sqs.DeadLetterQueue(queue=lost, max_receive_count=attempts),
    )


def lost_letters(scope: Construct, construct_id: str, what: str, chapter: str) -> sqs.Queue:
    """With an alarm that says what has happened, and in which chapter what to do."""
    lost = last_stop(scope, construct_id)
    alarm(scope, f"{construct_id}Alarm", what, chapter, waiting(lost))
    return lost


def last_stop(scope: Construct, construct_id: str) -> sqs.Queue:
    """Where messages wait for people."""
    stop = _queue(scope, construct_id)
    NagSuppressions.add_resource_suppressions(stop, [{"id": "AwsSolutions-SQS3", "reason": LAST_STOP}])
    return stop


def waiting(messages: sqs.Queue) -> cloudwatch.Metric:
    """How many there are at most in a minute."""
    return messages.metric_approximate_number_of_messages_visible(
        period=Duration.minutes(1), statistic="Maximum"
    )


def oldest(messages: sqs.Queue) -> cloudwatch.Metric:
    """How long the oldest one has waited, in seconds, at most in a minute."""
    return messages.metric_approximate_age_of_oldest_message(period=Duration.minutes(1), statistic="Maximum")


def _queue(scope: Construct, construct_id: str, **how: object) -> sqs.Queue:
    return sqs.Queue(
        scope,
        construct_id,
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        retention_period=KEPT,
        **how,  # type: ignore[arg-type]
    )
