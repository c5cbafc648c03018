"""Webhooks: lanes to look at, and the function that signs what waits in them and sends it."""

from dataclasses import replace

from aws_cdk import Duration, NestedStack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.access import ACCESS
from infra.alarms import GOING_OUT, alarm
from infra.functions import Functions
from infra.queues import lost_letters, oldest, queue

DELIVERS = "deliver_webhooks"
# Longer than a call may take: while a lane is worked on nobody else is woken for it.
HIDDEN = Duration.seconds(6 * ACCESS[DELIVERS].seconds)
# A receiver that fails is no failure of the function: this is for what was cut off.
ATTEMPTS = 10
# Receivers that take ten seconds to answer nothing hold up so many calls at most.
AT_ONCE = 100
# SQS holds a message back for a quarter of an hour at most.
LATE = Duration.minutes(30)
FIRST_RETRY = {True: "0.01", False: "5"}


class Deliveries(NestedStack):
    """`lanes` says where something waits; what could not be worked on ends up in `lost`."""

    def __init__(self, scope: Construct, construct_id: str, functions: Functions) -> None:
        super().__init__(scope, construct_id, description=f"Asset versions: {construct_id}")
        self.lost = lost_letters(self, "LostLanes", "Webhooks were not looked at", GOING_OUT)
        self.lanes = queue(self, "Lanes", self.lost, ATTEMPTS, HIDDEN)
        functions = replace(functions, queues={"lanes": self.lanes})
        lambda_.EventSourceMapping(
            self,
            "LaneMessages",
            target=functions.add(self, DELIVERS, {"RETRY_SECONDS": FIRST_RETRY[functions.stage.local]}),
            event_source_arn=self.lanes.queue_arn,
            # One receiver must hold up no other.
            batch_size=1,
            max_concurrency=AT_ONCE,
        )
        age = oldest(self.lanes)
        alarm(self, "LanesLate", "Webhooks wait for long", GOING_OUT, age, LATE.to_seconds(), periods=5)
        disabled = cloudwatch.Metric(
            namespace="asset-versions",
            metric_name="WebhooksDisabled",
            dimensions_map={"service": "asset-versions"},
            period=Duration.minutes(5),
            statistic="Sum",
        )
        alarm(self, "ReceiversDisabled", "A webhook was disabled", GOING_OUT, disabled)
