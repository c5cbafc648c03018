"""What nobody asks for: S3's events of the assets bucket, by a queue to the function that takes them in."""

from dataclasses import replace

from aws_cdk import Duration, NestedStack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.access import ACCESS
from infra.alarms import ARRIVING, alarm
from infra.functions import Functions
from infra.queues import lost_letters, oldest, queue

TAKES = "on_files_changed"
BATCH = 1_000
WINDOW = Duration.seconds(5)
# AWS advises six times as long as the function may run, and the window on top.
HIDDEN = Duration.seconds(6 * ACCESS[TAKES].seconds + 6)
# Half an hour of trouble: what is worse is for people to look at.
ATTEMPTS = 10
LATE = Duration.minutes(15)


class Events(NestedStack):
    """S3 tells EventBridge, a rule fills `queue`, and what can't be taken in ends up in `lost`."""

    def __init__(self, scope: Construct, construct_id: str, functions: Functions) -> None:
        super().__init__(scope, construct_id, description=f"Asset versions: {construct_id}")
        self.lost = lost_letters(self, "LostFileEvents", "Events of files were given up", ARRIVING)
        self.queue = queue(self, "FileEvents", self.lost, ATTEMPTS, HIDDEN)
        self._hear(functions.storage.assets.bucket_name, functions.stage.assets_prefix)
        functions = replace(functions, queues={**functions.queues, "file events": self.queue})
        lambda_.EventSourceMapping(
            self,
            "Batches",
            target=functions.add(self, TAKES),
            event_source_arn=self.queue.queue_arn,
            batch_size=BATCH,
            max_batching_window=WINDOW,
            # One message that can't be worked on holds up no other.
            report_batch_item_failures=True,
            # More at once would make smaller batches of a burst, and each costs writes of its own.
            max_concurrency=5,
        )
        self._watch()

    def _hear(self, bucket_name: str, prefix: str) -> None:
        """Of everybody's writes, ours too. What EventBridge can't deliver for a day is not lost either."""
        events.Rule(
            self,
            "Changes",
            event_pattern=events.EventPattern(
                source=["aws.s3"],
                detail_type=["Object Created", "Object Deleted"],
                detail={
                    "bucket": {"name": [bucket_name]},
                    **({"object": {"key": [{"prefix": prefix}]}} if prefix else {}),
                },
            ),
            targets=[targets.SqsQueue(self.queue, dead_letter_queue=self.lost)],
        )

    def _watch(self) -> None:
        age = oldest(self.queue)
        alarm(self, "Late", "Events of files wait", ARRIVING, age, LATE.to_seconds(), periods=5)
