"""Messages about versions that make themselves: none is lost, and no two attempts are at work at once."""

import json
from typing import Any

import pytest

from tests.stack.conftest import Resources
from tests.stack.test_arrivals import one, queue


@pytest.fixture
def automatic(templates: dict[str, Resources]) -> Resources:
    return templates["Automatic"]


def test_a_message_comes_back_once_the_attempt_before_is_over(automatic: Resources) -> None:
    source, mapping = queue(automatic, source=True), one(automatic, "AWS::Lambda::EventSourceMapping")
    function = one(automatic, "AWS::Lambda::Function", Description="make_automatic_version")
    assert source["VisibilityTimeout"] > function["Timeout"]
    assert source["RedrivePolicy"]["maxReceiveCount"] >= 5
    assert mapping["BatchSize"] == 1
    assert mapping["ScalingConfig"]["MaximumConcurrency"] <= 10


def test_what_is_given_up_is_kept_and_told(automatic: Resources) -> None:
    assert queue(automatic, source=False)["MessageRetentionPeriod"] == 14 * 24 * 3600
    assert one(automatic, "AWS::CloudWatch::Alarm")["Threshold"] == 0


@pytest.mark.parametrize(
    ("stack", "name"),
    [
        ("Automatic", "make_automatic_version"),
        ("Contents", "upload_version"),
        ("Events", "on_files_changed"),
        ("Jobs", "job_finish"),
        ("Uploads", "uploads"),
    ],
)
def test_whoever_hears_of_a_change_may_send_a_message_and_nobody_else(
    templates: dict[str, Resources], stack: str, name: str
) -> None:
    found: dict[str, Any] = one(templates[stack], "AWS::Lambda::Function", Description=name)
    assert "TURNS_URL" in found["Environment"]["Variables"]
    senders = [
        thing["Properties"]["Description"]
        for resources in templates.values()
        for thing in resources.values()
        if thing["Type"] == "AWS::Lambda::Function"
        and "TURNS_URL" in thing["Properties"].get("Environment", {}).get("Variables", {})
    ]
    named = [
        "job_copy",
        "job_finish",
        "make_automatic_version",
        "on_files_changed",
        "upload_version",
        "uploads",
    ]
    assert sorted(senders) == named


def test_messages_that_are_sent_on_and_on_are_no_loop_that_lambda_may_break(
    templates: dict[str, Resources],
) -> None:
    """A day of quiet is 96 messages, each of the one before; Lambda drops the seventeenth unless told."""
    looping = {
        thing["Properties"]["Description"]
        for resources in templates.values()
        for thing in resources.values()
        if thing["Type"] == "AWS::Lambda::Function" and fills_its_own_queue(thing["Properties"], resources)
    }
    assert looping == {"make_automatic_version", "deliver_webhooks", "send_mail"}
    allowed = {
        thing["Properties"]["Description"]
        for resources in templates.values()
        for thing in resources.values()
        if thing.get("Properties", {}).get("RecursiveLoop") == "Allow"
    }
    assert allowed == looping


def fills_its_own_queue(function: dict[str, Any], resources: Resources) -> bool:
    role = resources[function["Role"]["Fn::GetAtt"][0]]["Properties"]
    statements = [one for policy in role["Policies"] for one in policy["PolicyDocument"]["Statement"]]

    def queues(action: str) -> set[str]:
        return {
            json.dumps(one["Resource"]) for one in statements if action in (one["Action"], *one["Action"])
        }

    return bool(queues("sqs:SendMessage") & queues("sqs:ReceiveMessage"))
