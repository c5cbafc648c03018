"""AWS Lambda: how large a request and a reply may be."""

import json
from typing import Any

import pytest

from local.aws import client
from tests.strict.answers import refusal
from tests.strict.functions import function

TOO_LARGE = (413, "RequestEntityTooLargeException")


@pytest.fixture(scope="module")
def invocation(engine: str) -> dict[str, Any]:
    return {"FunctionName": function(engine)}


def test_a_request_has_6_mb(engine: str, invocation: dict[str, Any]):
    payload = json.dumps({"x": "x" * 6_291_456})
    assert refusal(client("lambda", engine).invoke, **invocation, Payload=payload) == TOO_LARGE


def test_a_request_that_nobody_waits_for_has_1_mb(engine: str, invocation: dict[str, Any]):
    how = {"InvocationType": "Event", "Payload": json.dumps({"x": "x" * 1_048_576})}
    assert refusal(client("lambda", engine).invoke, **invocation, **how) == TOO_LARGE


def test_a_reply_has_6_mb_and_its_quotation_marks_count_twice(engine: str, invocation: dict[str, Any]):
    payload = json.dumps({"body": json.dumps({"quotes": 3_200_000})})
    answer = client("lambda", engine).invoke(**invocation, Payload=payload)
    assert answer.get("FunctionError") == "Unhandled"
    assert json.load(answer["Payload"])["errorType"] == "Function.ResponseSizeTooLarge"
