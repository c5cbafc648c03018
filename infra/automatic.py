"""Versions that make themselves: messages held back until it is time, and the function behind them."""

from dataclasses import replace

from aws_cdk import Duration, NestedStack
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.access import ACCESS
from infra.alarms import ARRIVING
from infra.functions import Functions
from infra.queues import lost_letters, queue

MAKES = "make_automatic_version"
# What is foreseen the function sends anew by itself; this is for what was cut off or nobody foresaw.
HIDDEN = Duration.seconds(ACCESS[MAKES].seconds + 60)
ATTEMPTS = 5


class Automatic(NestedStack):
    """Whoever changes files fills `queue`, and what can't be worked on ends up in `lost`."""

    def __init__(self, scope: Construct, construct_id: str, functions: Functions) -> None:
        super().__init__(scope, construct_id, description=f"Asset versions: {construct_id}")
        self.lost = lost_letters(self, "LostTurns", "Versions did not make themselves", ARRIVING)
        self.queue = queue(self, "Turns", self.lost, ATTEMPTS, HIDDEN)
        functions = replace(functions, queues={"turns": self.queue})
        lambda_.EventSourceMapping(
            self,
            "Messages",
            target=functions.add(self, MAKES),
            event_source_arn=self.queue.queue_arn,
            # A version may take minutes: it must hold up no other.
            batch_size=1,
            max_concurrency=10,
        )
