"""What goes out: the table's stream, by the function that reads it, to a bus for all and one for admins."""

import json
from dataclasses import replace

from assetversions.storage.dynamodb import outbox
from aws_cdk import Duration, NestedStack
from aws_cdk import aws_events as events
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from constructs import Construct

from infra.alarms import GOING_OUT, alarm
from infra.functions import Functions
from infra.mail import WINDOW_SECONDS
from infra.queues import last_stop, waiting
from infra.stage import Stage

PUBLISHES = "publish_events"
BATCH = 100
# The stream keeps a record for a day: there is time left to fetch what was given up.
GIVEN_UP_AFTER = Duration.hours(12)
LATE = Duration.minutes(15)


class Outbox(NestedStack):
    """`bus` has the events of assets, `policy_bus` those of policy, `parked` what can't go out."""

    def __init__(self, scope: Construct, construct_id: str, functions: Functions) -> None:
        super().__init__(scope, construct_id, description=f"Asset versions: {construct_id}")
        stage = functions.stage
        self.bus = self._bus("Bus", stage)
        self.policy_bus = self._bus("PolicyBus", stage)
        self._share(stage)
        self.parked = last_stop(self, "Parked")
        self._publish(functions)

    def _bus(self, name: str, stage: Stage) -> events.EventBus:
        bus = events.EventBus(self, name)
        events.CfnArchive(
            self,
            f"{name}Archive",
            source_arn=bus.event_bus_arn,
            retention_days=stage.event_archive_days,
        )
        return bus

    def _share(self, stage: Stage) -> None:
        """The accounts of the stage may put rules of their own on the bus, for events of assets alone."""
        for account in stage.event_accounts:
            events.CfnEventBusPolicy(
                self,
                f"Rules{account}",
                event_bus_name=self.bus.event_bus_name,
                statement_id=f"Rules{account}",
                statement={
                    "Sid": f"Rules{account}",
                    "Effect": "Allow",
                    "Principal": {"AWS": f"arn:{self.partition}:iam::{account}:root"},
                    "Action": [
                        "events:PutRule",
                        "events:PutTargets",
                        "events:DeleteRule",
                        "events:RemoveTargets",
                        "events:DisableRule",
                        "events:EnableRule",
                        "events:DescribeRule",
                        "events:ListTargetsByRule",
                        "events:TagResource",
                        "events:UntagResource",
                        "events:ListTagsForResource",
                    ],
                    "Resource": f"arn:{self.partition}:events:{self.region}:{self.account}:rule/"
                    f"{self.bus.event_bus_name}/*",
                    "Condition": {
                        "StringEqualsIfExists": {"events:creatorAccount": "${aws:PrincipalAccount}"}
                    },
                },
            )

    def _publish(self, functions: Functions) -> None:
        buses = {"bus": self.bus, "policy bus": self.policy_bus}
        publish = replace(functions, queues={**functions.queues, "parked": self.parked}, buses=buses).add(
            self,
            PUBLISHES,
            {
                "EVENT_BUS": self.bus.event_bus_name,
                "POLICY_BUS": self.policy_bus.event_bus_name,
                "PARKED_URL": self.parked.queue_url,
                "MAIL_WINDOW_SECONDS": WINDOW_SECONDS[functions.stage.local],
            },
        )
        lambda_.EventSourceMapping(
            self,
            "Stream",
            target=publish,
            event_source_arn=functions.storage.stream_arn,
            # The mapping takes minutes to begin: what is committed before that must not be missed.
            starting_position=lambda_.StartingPosition.TRIM_HORIZON,
            batch_size=BATCH,
            bisect_batch_on_error=True,
            max_record_age=GIVEN_UP_AFTER,
            on_failure=sources.SqsDlq(self.parked),
            report_batch_item_failures=True,
            # More batches at once would keep the order of each item alone, and so of no asset's events.
            parallelization_factor=1,
            filters=[{"pattern": json.dumps(one)} for one in outbox.FILTERS],
        )
        self._watch(publish)

    def _watch(self, publish: lambda_.Function) -> None:
        alarm(self, "ParkedEvents", "Events could not go out", GOING_OUT, waiting(self.parked))
        age = publish.metric("IteratorAge", period=Duration.minutes(1), statistic="Maximum")
        alarm(self, "EventsLate", "Events wait to go out", GOING_OUT, age, LATE.to_milliseconds())
