"""S3's events reach their function by a queue that loses none, and somebody is told where they don't."""

from typing import Any

import pytest

from tests.stack.conftest import Resources


@pytest.fixture
def events(templates: dict[str, Resources]) -> Resources:
    return templates["Events"]


def one(resources: Resources, kind: str, **facts: Any) -> dict[str, Any]:
    """The properties of the only one of this kind of which this is true."""
    (found,) = [
        thing["Properties"]
        for thing in resources.values()
        if thing["Type"] == kind and facts.items() <= thing["Properties"].items()
    ]
    properties: dict[str, Any] = found
    return properties


def queue(resources: Resources, *, source: bool) -> dict[str, Any]:
    (found,) = [
        thing["Properties"]
        for thing in resources.values()
        if thing["Type"] == "AWS::SQS::Queue" and source == ("RedrivePolicy" in thing["Properties"])
    ]
    properties: dict[str, Any] = found
    return properties


def test_the_bucket_of_the_files_tells_of_its_changes(templates: dict[str, Resources]) -> None:
    telling = [
        key
        for key, found in templates[""].items()
        if found["Type"] == "AWS::S3::Bucket" and "NotificationConfiguration" in found["Properties"]
    ]
    assert len(telling) == 1
    assert "Assets" in telling[0]
    told = templates[""][telling[0]]["Properties"]["NotificationConfiguration"]
    assert told == {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}


def test_puts_and_deletes_of_this_bucket_go_to_the_queue_and_what_does_not_arrive_to_the_dead_letters(
    events: Resources,
) -> None:
    rule = one(events, "AWS::Events::Rule")
    pattern = rule["EventPattern"]
    assert (pattern["source"], pattern["detail-type"]) == (["aws.s3"], ["Object Created", "Object Deleted"])
    assert len(pattern["detail"]["bucket"]["name"]) == 1
    (target,) = rule["Targets"]
    ids = {key for key, found in events.items() if found["Type"] == "AWS::SQS::Queue"}
    (dead,) = [key for key in ids if "Lost" in key]
    assert target["DeadLetterConfig"]["Arn"]["Fn::GetAtt"][0] == dead
    assert target["Arn"]["Fn::GetAtt"][0] in ids - {dead}


def test_a_message_comes_back_later_than_lambda_may_need_and_is_never_thrown_away(events: Resources) -> None:
    """AWS: six times as long as the function may run, and the window; less than once is refused."""
    source, mapping = queue(events, source=True), one(events, "AWS::Lambda::EventSourceMapping")
    function = one(events, "AWS::Lambda::Function", Description="on_files_changed")
    window = mapping["MaximumBatchingWindowInSeconds"]
    assert source["VisibilityTimeout"] >= 6 * function["Timeout"] + window
    attempts = source["RedrivePolicy"]["maxReceiveCount"]
    assert attempts >= 5
    fortnight = 14 * 24 * 3600
    assert {source["MessageRetentionPeriod"], queue(events, source=False)["MessageRetentionPeriod"]} == {
        fortnight
    }
    assert attempts * source["VisibilityTimeout"] < fortnight


def test_a_burst_is_worked_on_by_the_thousand_and_each_message_fails_by_itself(events: Resources) -> None:
    mapping = one(events, "AWS::Lambda::EventSourceMapping")
    assert (mapping["BatchSize"], mapping["MaximumBatchingWindowInSeconds"]) == (1_000, 5)
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_there_are_alarms_for_events_that_are_lost_and_for_those_that_are_late(events: Resources) -> None:
    alarms = [found["Properties"] for found in events.values() if found["Type"] == "AWS::CloudWatch::Alarm"]
    watched = {alarm["MetricName"]: alarm["Threshold"] for alarm in alarms}
    assert watched == {"ApproximateNumberOfMessagesVisible": 0, "ApproximateAgeOfOldestMessage": 900}


def test_an_attached_bucket_is_heard_of_and_not_changed(attached: dict[str, Resources]) -> None:
    rule = one(attached["Events"], "AWS::Events::Rule")
    assert rule["EventPattern"]["detail"] == {"bucket": {"name": ["old-assets"]}}
    kinds = {thing["Type"] for part in attached.values() for thing in part.values()}
    assert "Custom::S3BucketNotifications" not in kinds


def test_below_a_prefix_functions_reach_and_hear_of_nothing_else(narrow: dict[str, Resources]) -> None:
    detail = one(narrow["Events"], "AWS::Events::Rule")["EventPattern"]["detail"]
    assert detail["object"] == {"key": [{"prefix": "studio/"}]}
    resources = [thing["Properties"] for part in narrow.values() for thing in part.values()]
    functions = [each for each in resources if "Handler" in each and "TABLE_NAME" in str(each)]
    assert {each["Environment"]["Variables"]["ASSETS_PREFIX"] for each in functions} == {"studio/"}
    text = str(resources)
    assert "old-assets/studio/*" in text
    assert "old-assets/*" not in text
