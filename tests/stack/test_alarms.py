"""Whatever is given up rings, and whoever hears it finds in the guide what it means."""

import re
from pathlib import Path
from typing import Any

from tests.stack.conftest import Resources

GUIDE = (Path(__file__).parents[2] / "docs/operating.md").read_text()


def all_of(templates: dict[str, Resources], kind: str) -> dict[str, dict[str, Any]]:
    return {
        key: found["Properties"]
        for resources in templates.values()
        for key, found in resources.items()
        if found["Type"] == kind
    }


def chapter(name: str) -> str:
    _, _, rest = GUIDE.partition(f"\n## {name}\n")
    return rest.partition("\n## ")[0]


def test_each_alarm_stands_in_the_chapter_that_it_names_with_what_to_do(
    templates: dict[str, Resources],
) -> None:
    alarms = all_of(templates, "AWS::CloudWatch::Alarm")
    assert alarms
    for key, alarm in alarms.items():
        found = re.fullmatch(r".+: Operating, (.+)\.", alarm["AlarmDescription"])
        assert found is not None, alarm["AlarmDescription"]
        rows = re.findall(rf"^\| `{key[:-8]}` \| .+ \| .+ \|$", chapter(found[1]), re.MULTILINE)
        assert len(rows) == 1, f"{key[:-8]} is not in the chapter {found[1]!r} of docs/operating.md"


def test_whatever_waits_for_people_has_an_alarm(templates: dict[str, Resources]) -> None:
    """Queues from which no function takes: dead letters, and what else was given up."""
    worked_on = {
        mapping["EventSourceArn"]["Fn::GetAtt"][0]
        for mapping in all_of(templates, "AWS::Lambda::EventSourceMapping").values()
        if "Fn::GetAtt" in mapping["EventSourceArn"]
    }
    waiting = all_of(templates, "AWS::SQS::Queue").keys() - worked_on
    watched = {
        dimension["Value"]["Fn::GetAtt"][0]
        for alarm in all_of(templates, "AWS::CloudWatch::Alarm").values()
        for dimension in alarm.get("Dimensions", [])
        if alarm["MetricName"] == "ApproximateNumberOfMessagesVisible"
    }
    assert len(waiting) >= 4
    assert waiting <= watched
