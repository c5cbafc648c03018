"""Reconciliations begin by the clock where a stage wants it, and their function may do little."""

from typing import Any

import pytest

from tests.stack.conftest import Resources
from tests.stack.test_arrivals import one


@pytest.fixture
def weekly(careful: dict[str, Resources]) -> Resources:
    return careful["Schedule"]


def rule_and_days(schedule: Resources) -> tuple[dict[str, Any], str]:
    function = one(schedule, "AWS::Lambda::Function", Description="reconcile_assets")
    days: str = function["Environment"]["Variables"]["RECONCILE_EVERY_DAYS"]
    return one(schedule, "AWS::Events::Rule"), days


def test_a_call_a_minute_goes_on_with_the_rounds_that_the_stage_wants(weekly: Resources) -> None:
    rule, days = rule_and_days(weekly)
    assert (rule["ScheduleExpression"], rule["State"], days) == ("rate(1 minute)", "ENABLED", "7")
    (target,) = rule["Targets"]
    function = target["Arn"]["Fn::GetAtt"][0]
    assert weekly[function]["Properties"]["Description"] == "reconcile_assets"
    allowed = one(weekly, "AWS::Lambda::Permission", Principal="events.amazonaws.com")
    assert allowed["FunctionName"]["Fn::GetAtt"][0] == function


def test_it_is_off_where_the_stage_says_nothing(templates: dict[str, Resources]) -> None:
    rule, _ = rule_and_days(templates["Schedule"])
    assert rule["State"] == "DISABLED"


def test_it_may_start_jobs_and_reach_no_file(weekly: Resources) -> None:
    role = one(weekly, "AWS::IAM::Role")
    statements = [found for policy in role["Policies"] for found in policy["PolicyDocument"]["Statement"]]
    actions = {action for found in statements for action in listed(found["Action"])}
    assert {action for action in actions if action.startswith(("s3:", "states:"))} == {
        "s3:PutObject",  # the job's command, beside the manifests
        "states:StartExecution",
    }
    assert not any("Assets" in str(found["Resource"]) for found in statements)


def listed(actions: Any) -> list[str]:
    return [actions] if isinstance(actions, str) else actions


def test_somebody_is_told_where_it_fails_for_long(weekly: Resources) -> None:
    alarm = one(weekly, "AWS::CloudWatch::Alarm")
    watched = (alarm["MetricName"], alarm["Threshold"], alarm["EvaluationPeriods"] * alarm["Period"])
    assert watched == ("Errors", 0, 900)
