"""The engine of long operations: one state machine that prepares, copies side by side, and finishes."""

from dataclasses import replace
from typing import Any

from assetversions.domain import errors
from assetversions.domain.errors import IndeterminateWrite
from assetversions.domain.jobs import LostWork
from assetversions.domain.manifests.manifest import Damaged
from assetversions.engine.keeping import LONGEST_PAUSE
from aws_cdk import ArnFormat, Duration, NestedStack, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as sfn
from aws_cdk import aws_stepfunctions_tasks as tasks
from cdk_nag import NagSuppressions
from constructs import Construct

from infra.access import STACKS
from infra.alarms import AT_WORK
from infra.functions import Functions
from infra.queues import lost_letters

SIDE_BY_SIDE = 40

ADDRESS: dict[str, Any] = {
    name: sfn.JsonPath.string_at(f"$.{name}") for name in ("database_id", "asset_id", "job_id")
}
# Step Functions compares the names of errors, and knows of no base class.
FINAL = [
    kind.__name__
    for kind in (*vars(errors).values(), Damaged, LostWork)
    if isinstance(kind, type)
    and issubclass(kind, errors.Error | Damaged | LostWork)
    and not issubclass(kind, errors.RETRYABLE)
]
# Lambda's own, and what the steps make of an overload of the stores; all else that AWS says is no such thing.
THROTTLED = [
    "Lambda.TooManyRequestsException",
    IndeterminateWrite.__name__,
    errors.Busy.__name__,
]

NO_LOGS = (
    "Each step logs in its own function, the job's record says how it ended, and Standard executions keep "
    "their history for 90 days; log delivery would need a resource wildcard."
)
NO_TRACES = "Tracing needs a resource wildcard; the job's id is in every log line."
VERSIONS = "The function's ARN and its versions: that is what CDK grants for an invocation."


class Jobs(NestedStack):
    """The machine, and the functions that are its steps."""

    def __init__(self, scope: Construct, construct_id: str, functions: Functions) -> None:
        super().__init__(scope, construct_id, description=f"Asset versions: {construct_id}")
        lost = lost_letters(self, "LostEnds", "Ends of jobs were not heard of", AT_WORK)
        functions = replace(functions, queues={**functions.queues, "lost ends": lost})
        self._functions = {step: functions.add(self, step) for step in STACKS[construct_id]}
        failed = self._task("Fail", "job_fail", ADDRESS).next(sfn.Fail(self, "Failed"))
        prepare = self._task("Prepare", "job_prepare", ADDRESS, result_path="$.work")
        copies = self._copies(min(functions.stage.copies_at_once or SIDE_BY_SIDE, SIDE_BY_SIDE))
        count = {"count": sfn.JsonPath.number_at("$.work.count")}
        finish = self._task("Finish", "job_finish", ADDRESS | count, result_path="$.finished")
        again = sfn.Choice(self, "Again")
        again.when(sfn.Condition.boolean_equals("$.finished.again", True), finish)
        again.otherwise(sfn.Succeed(self, "Done"))
        for step in (prepare, copies, finish):
            step.add_catch(failed, result_path="$.error")
        machine = sfn.StateMachine(
            self,
            "Machine",
            definition_body=sfn.DefinitionBody.from_chainable(prepare.next(copies).next(finish).next(again)),
            timeout=Duration.hours(24),
        )
        self.machine_arn = machine.state_machine_arn
        self.executions_arn = Stack.of(self).format_arn(
            service="states",
            resource="execution",
            resource_name=f"{machine.state_machine_name}:*",
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )
        self._hear_of_ends(machine, lost)
        NagSuppressions.add_resource_suppressions(
            machine,
            [
                {"id": "AwsSolutions-SF1", "reason": NO_LOGS},
                {"id": "AwsSolutions-SF2", "reason": NO_TRACES},
                {"id": "AwsSolutions-IAM5", "reason": VERSIONS},
            ],
            apply_to_children=True,
        )

    def _hear_of_ends(self, machine: sfn.StateMachine, lost: sqs.Queue) -> None:
        """A time-out, a stop from outside and too much data run no Catch; EventBridge tells of them.

        The queue keeps those that did not reach Lambda, and those that Lambda has given up on.
        """
        told = self._functions["job_fail"]
        told.configure_async_invoke(on_failure=destinations.SqsDestination(lost))
        events.Rule(
            self,
            "Ends",
            event_pattern=events.EventPattern(
                source=["aws.states"],
                detail_type=["Step Functions Execution Status Change"],
                detail={
                    "stateMachineArn": [machine.state_machine_arn],
                    "status": ["FAILED", "TIMED_OUT", "ABORTED"],
                },
            ),
            targets=[targets.LambdaFunction(told, dead_letter_queue=lost)],
        )

    def _copies(self, side_by_side: int) -> sfn.DistributedMap:
        copies = sfn.DistributedMap(
            self,
            "Copies",
            items_path="$.work.batches",
            item_selector=ADDRESS | {"batch": sfn.JsonPath.number_at("$$.Map.Item.Value")},
            max_concurrency=side_by_side,
            result_path=sfn.JsonPath.DISCARD,
        )
        batch = {"batch": sfn.JsonPath.number_at("$.batch")}
        # What the children yield is the Map's output, and has to fit even where that is thrown away.
        return copies.item_processor(self._task("Copy", "job_copy", ADDRESS | batch, result_path="$"))

    def _task(
        self, name: str, function: str, payload: dict[str, Any], result_path: str = sfn.JsonPath.DISCARD
    ) -> tasks.LambdaInvoke:
        called = self._functions[function]
        task = tasks.LambdaInvoke(
            self,
            name,
            lambda_function=called,
            payload=sfn.TaskInput.from_object(payload),
            payload_response_only=True,
            result_path=result_path,
            retry_on_service_exceptions=False,
            task_timeout=sfn.Timeout.duration(_beyond(called)),
        )
        _repeat(task)
        return task


def _repeat(task: tasks.LambdaInvoke) -> None:
    """The first retrier that names an error decides: never again, after a long wait, or a few times soon.

    Soon: a step that was cut off is back before its lease ends.
    """
    full = sfn.JitterType.FULL
    task.add_retry(errors=FINAL, max_attempts=0)
    task.add_retry(
        errors=THROTTLED,
        max_attempts=8,
        interval=Duration.seconds(5),
        backoff_rate=2,
        max_delay=Duration.seconds(LONGEST_PAUSE.total_seconds()),
        jitter_strategy=full,
    )
    task.add_retry(
        errors=["States.ALL"],
        max_attempts=4,
        interval=Duration.seconds(2),
        backoff_rate=2,
        jitter_strategy=full,
    )


def _beyond(function: lambda_.Function) -> Duration:
    """A little longer than the function may run: then no attempt is still at work when the next begins."""
    assert function.timeout is not None
    return function.timeout.plus(Duration.minutes(1))
