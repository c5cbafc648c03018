"""What queues have given up goes back to where it came from, by one command."""

from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from infra import redrive
from tests.stack.conftest import Resources

ARN = "arn:aws:sqs:eu-central-1:123456789012:"
URL = "https://sqs.eu-central-1.amazonaws.com/123456789012/"


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Stubber:
    """Queues that are called as their outputs, in a deployed stage."""
    client: Any = boto3.client("sqs", "eu-central-1", aws_access_key_id="x", aws_secret_access_key="x")
    names = {name for pair in redrive.QUEUES.items() for name in pair}
    monkeypatch.setattr(redrive, "session", lambda _stage: type("Where", (), {"client": lambda *_: client}))
    monkeypatch.setattr(redrive, "outputs", lambda *_: {name: ARN + name for name in names})
    return Stubber(client)


def holds(stub: Stubber, queue: str, count: int) -> None:
    """The next question is how many messages it holds."""
    stub.add_response("get_queue_url", {"QueueUrl": URL + queue}, {"QueueName": queue})
    stub.add_response("get_queue_attributes", {"Attributes": {"ApproximateNumberOfMessages": str(count)}})


def test_what_was_given_up_goes_back_and_it_is_told(
    stub: Stubber, capsys: pytest.CaptureFixture[str]
) -> None:
    for number, (dead, source) in enumerate(redrive.QUEUES.items()):
        holds(stub, dead, number)
        if number:
            move = {"SourceArn": ARN + dead, "DestinationArn": ARN + source}
            stub.add_response("start_message_move_task", {"TaskHandle": "it"}, move)
    with stub:
        redrive.main("dev")
    stub.assert_no_pending_responses()
    first, *others = capsys.readouterr().out.splitlines()
    assert first.endswith("nothing was given up.")
    assert all("about" in other for other in others)


def test_what_sqs_refuses_is_told_in_its_words_and_keeps_no_other_queue_back(
    stub: Stubber, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "There is already a task running."
    first, *others = redrive.QUEUES.items()
    holds(stub, first[0], 2)
    stub.add_client_error("start_message_move_task", "UnsupportedOperation", words, 400)
    for dead, source in others:
        holds(stub, dead, 1)
        move = {"SourceArn": ARN + dead, "DestinationArn": ARN + source}
        stub.add_response("start_message_move_task", {"TaskHandle": "it"}, move)
    with stub, pytest.raises(SystemExit, match=f"{first[1]}: .*{words}"):
        redrive.main("dev")
    stub.assert_no_pending_responses()
    assert [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()] == [
        source for _, source in others
    ]


def test_this_machine_s_stage_has_nothing_to_redrive() -> None:
    with pytest.raises(SystemExit, match="make run"):
        redrive.main("local")


def test_every_queue_with_dead_letters_that_may_be_tried_again_is_known(
    templates: dict[str, Resources],
) -> None:
    sources = [
        one
        for part in templates.values()
        for one in part.values()
        if one["Type"] == "AWS::SQS::Queue" and "RedrivePolicy" in one["Properties"]
    ]
    assert len(sources) == len(redrive.QUEUES)
