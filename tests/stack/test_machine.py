"""The state machine of jobs: what is tried again, what is not, and how long all of it takes at most."""

import json
import re
from typing import Any

import pytest
from assetversions.engine import keeping, lease, stint
from assetversions.engine.jobs import prepare
from aws_cdk.assertions import Template

from infra.access import ACCESS
from tests.stack.conftest import Resources

INVOKE_CONFIG = "AWS::Lambda::EventInvokeConfig"
States = dict[str, dict[str, Any]]

FINAL = ["Conflict", "ReadOnly", "Invalid", "Unprocessable", "Incomplete", "NotFound", "Forbidden"]
FINAL += ["TooLarge", "Unauthenticated", "KeyReused", "Damaged", "LostWork"]
THROTTLED = ["Lambda.TooManyRequestsException", "IndeterminateWrite", "Busy"]
OTHER = ["Sandbox.Timedout", "Runtime.ExitError", "Lambda.Unknown", "Lambda.ServiceException"]
OTHER += ["States.Timeout", "ConnectTimeoutError", "ReadTimeoutError", "EndpointConnectionError"]
OTHER += ["ResponseStreamingError", "IncompleteReadError", "LostRace", "InternalServerError", "KeyError"]
OTHER += ["ClientError", "Cancelled"]


@pytest.fixture
def template(templates: dict[str, Resources]) -> Template:
    """The machine's own stack."""
    return Template.from_json({"Resources": templates["Jobs"]})


@pytest.fixture
def machine(template: Template) -> dict[str, Any]:
    """Its definition; every reference reads REF."""
    (found,) = template.find_resources("AWS::StepFunctions::StateMachine").values()
    parts = found["Properties"]["DefinitionString"]["Fn::Join"][1]
    definition: dict[str, Any] = json.loads(
        "".join(part if isinstance(part, str) else "REF" for part in parts)
    )
    return definition


@pytest.fixture
def tasks(machine: dict[str, Any]) -> States:
    states: States = machine["States"]
    every = states | states["Copies"]["ItemProcessor"]["States"]
    found = {name: state for name, state in every.items() if state["Type"] == "Task"}
    assert set(found) == {"Prepare", "Copy", "Finish", "Fail"}
    return found


def retrier(task: dict[str, Any], error: str) -> dict[str, Any]:
    """The first that matches decides."""
    names = {error, "States.ALL"}
    return next(found for found in task["Retry"] if names & set(found["ErrorEquals"]))


def waits(found: dict[str, Any]) -> list[float]:
    """The seconds before each further attempt, at most."""
    if not found["MaxAttempts"]:
        return []
    growing = [
        found["IntervalSeconds"] * found["BackoffRate"] ** attempt for attempt in range(found["MaxAttempts"])
    ]
    return [min(wait, found.get("MaxDelaySeconds", wait)) for wait in growing]


@pytest.mark.parametrize("error", FINAL)
def test_what_stays_as_it_is_is_not_tried_again(tasks: States, error: str) -> None:
    for task in tasks.values():
        assert waits(retrier(task, error)) == []


@pytest.mark.parametrize("error", THROTTLED)
def test_an_overload_gets_time_to_pass(tasks: States, error: str) -> None:
    for task in tasks.values():
        found = retrier(task, error)
        assert sum(waits(found)) > 600
        assert max(waits(found)) <= 300
        assert found["JitterStrategy"] == "FULL"


@pytest.mark.parametrize("error", OTHER)
def test_anything_else_is_tried_a_few_times_more(tasks: States, error: str) -> None:
    for task in tasks.values():
        assert waits(retrier(task, error)) == [2, 4, 8, 16]


def test_what_copies_takes_as_many_places_as_the_stage_says_and_no_more(
    templates: dict[str, Resources], careful: dict[str, Resources]
) -> None:
    """The other functions keep theirs. A new account has ten places, and gives none of them away."""
    for stage, count in ((templates, None), (careful, 8)):
        jobs = stage["Jobs"].values()
        reserved = {
            found["Properties"]["Description"]: found["Properties"].get("ReservedConcurrentExecutions")
            for found in jobs
            if found["Type"] == "AWS::Lambda::Function"
        }
        assert reserved == {"job_prepare": count, "job_copy": count, "job_finish": None, "job_fail": None}
        (machine,) = (found for found in jobs if found["Type"] == "AWS::StepFunctions::StateMachine")
        (side_by_side,) = re.findall(r"MaxConcurrency\W+(\d+)", json.dumps(machine))
        assert int(side_by_side) == (count or 40)


def test_the_next_attempt_begins_before_the_lease_of_the_one_before_ends(tasks: States) -> None:
    """One that failed leaves the longest pause and a minute, one that was cut off most of a minute."""
    left = (lease.LENGTH - keeping.RENEW_EVERY).total_seconds()
    for task in tasks.values():
        assert max(wait for error in OTHER for wait in waits(retrier(task, error))) < left / 2
        assert max(waits(retrier(task, "Busy"))) == keeping.LONGEST_PAUSE.total_seconds()


def test_what_the_states_pass_on_fits_at_the_most_batches_and_the_longest_names(
    machine: dict[str, Any],
) -> None:
    """256 KiB, the Map's own output included, which is what its children yield."""
    longest = {"database_id": "d" * 63, "asset_id": json.dumps("\u00e9" * 450), "job_id": "j" * 36}
    batches = list(range(prepare.MAX_BATCHES))
    work = {"batches": batches, "count": len(batches)}
    # Lambda's runtime writes a blank behind each comma.
    assert len(json.dumps(longest | {"work": work})) < 240 * 1024
    assert len(json.dumps([{}] * len(batches))) < 240 * 1024
    copies = machine["States"]["Copies"]
    assert copies["ResultPath"] is None
    child = copies["ItemProcessor"]["States"]["Copy"]
    assert child["ResultPath"] == "$", "a child yields what its function does: {}"
    assert set(machine["States"]["Finish"]["Parameters"]) == {
        "database_id.$",
        "asset_id.$",
        "job_id.$",
        "count.$",
    }


def test_the_last_step_is_called_again_for_as_long_as_it_says_so(machine: dict[str, Any]) -> None:
    """Each call that rests has worked for a third of the time that its function may run."""
    states = machine["States"]
    assert states["Finish"]["ResultPath"] == "$.finished"
    assert states["Again"] == {
        "Type": "Choice",
        "Choices": [{"Variable": "$.finished.again", "BooleanEquals": True, "Next": "Finish"}],
        "Default": "Done",
    }
    assert states["Done"] == {"Type": "Succeed"}
    assert stint.LONG.total_seconds() * 3 <= ACCESS["job_finish"].seconds


def test_every_end_without_success_is_told_to_the_step_that_fails_a_job(template: Template) -> None:
    (machine,) = template.find_resources("AWS::StepFunctions::StateMachine")
    (rule,) = [found["Properties"] for found in template.find_resources("AWS::Events::Rule").values()]
    assert rule["EventPattern"] == {
        "source": ["aws.states"],
        "detail-type": ["Step Functions Execution Status Change"],
        "detail": {"stateMachineArn": [{"Ref": machine}], "status": ["FAILED", "TIMED_OUT", "ABORTED"]},
    }
    (target,) = rule["Targets"]
    functions = template.find_resources("AWS::Lambda::Function")
    assert functions[target["Arn"]["Fn::GetAtt"][0]]["Properties"]["Description"] == "job_fail"
    (queue,) = template.find_resources("AWS::SQS::Queue")
    assert target["DeadLetterConfig"] == {"Arn": {"Fn::GetAtt": [queue, "Arn"]}}


def test_an_end_that_lambda_gives_up_on_is_kept_in_the_same_queue(template: Template) -> None:
    (queue,) = template.find_resources("AWS::SQS::Queue")
    arn = {"Fn::GetAtt": [queue, "Arn"]}
    functions = template.find_resources("AWS::Lambda::Function")
    (name,) = [name for name, found in functions.items() if found["Properties"]["Description"] == "job_fail"]
    (told,) = [found["Properties"] for found in template.find_resources(INVOKE_CONFIG).values()]
    assert told["FunctionName"] == {"Ref": name}
    assert told["DestinationConfig"] == {"OnFailure": {"Destination": arn}}
    role = template.find_resources("AWS::IAM::Role")[functions[name]["Properties"]["Role"]["Fn::GetAtt"][0]]
    (policy,) = role["Properties"]["Policies"]
    allowed = policy["PolicyDocument"]["Statement"]
    assert {"Action": "sqs:SendMessage", "Effect": "Allow", "Resource": arn} in allowed


def test_no_task_has_retriers_that_are_not_ours(tasks: States) -> None:
    for task in tasks.values():
        assert [found["MaxAttempts"] for found in task["Retry"]] == [0, 8, 4]
        assert task["Retry"][-1]["ErrorEquals"] == ["States.ALL"], (
            "alone and last, as Step Functions wants it"
        )


def test_no_attempt_is_waited_for_much_longer_than_its_function_may_run(
    template: Template, tasks: States
) -> None:
    functions = template.find_resources("AWS::Lambda::Function").values()
    limits = {found["Properties"]["Description"]: found["Properties"]["Timeout"] for found in functions}
    for name, task in tasks.items():
        assert task["TimeoutSeconds"] == limits[f"job_{name.lower()}"] + 60


def test_a_job_is_failed_before_the_machine_s_time_is_over(machine: dict[str, Any], tasks: States) -> None:
    """Where every step exhausts every retrier; Catch is out of reach once the machine's time is over."""
    for name in ("Prepare", "Copies", "Finish"):
        assert [found["Next"] for found in machine["States"][name]["Catch"]] == ["Fail"]
    assert machine["States"]["Finish"]["Next"] == "Again"
    longest = 0.0
    for task in tasks.values():
        pauses = [wait for found in task["Retry"] for wait in waits(found)]
        longest += sum(pauses) + (len(pauses) + 1) * task["TimeoutSeconds"]
    assert longest < machine["TimeoutSeconds"] / 2
