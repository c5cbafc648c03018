"""Answers botocore in place of the network, in this process: who asks is the real client to the last byte."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from unittest.mock import patch

from botocore.awsrequest import AWSResponse
from botocore.httpsession import URLLib3Session

from bench.aws.clock import Clock, wait_of
from bench.aws.meter import Meter
from bench.aws.rest import Answer, Asked

ACCOUNT = {
    "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
}

# Says what was asked for, and what the service answers.
Front = Callable[[Asked], tuple[str, Answer]]


class Raw(BytesIO):
    """A body as urllib3 gives it."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        while piece := self.read(65_536):
            yield piece


class Wire:
    """To what stands for S3, and for DynamoDB if there is one; the clock runs while something is measured."""

    def __init__(self, meter: Meter, s3: Front, table: Front | None = None) -> None:
        self.meter = meter
        self.clock = Clock()
        self._fronts = {"s3": s3, "dynamodb": table}

    @contextmanager
    def plugged(self) -> Iterator[None]:
        def send(_session: Any, request: Any) -> AWSResponse:
            seconds, (status, headers, body) = self.answer(request)
            self.clock.wait(seconds)
            return AWSResponse(request.url, status, headers, Raw(body))

        with patch.object(URLLib3Session, "send", send), patch.dict(os.environ, ACCOUNT):
            yield

    def answer(self, request: Any) -> tuple[float, Answer]:
        """With how long it takes until it is there."""
        with self.meter.lock:
            name, service, answer = self.meter.timed(lambda: self._answer(request))
            seconds = wait_of(name, service)
            self.meter.answered(seconds, len(answer.body))
            return seconds, answer

    def _answer(self, request: Any) -> tuple[str, str, Answer]:
        headers = {name.lower(): _text(value) for name, value in request.headers.items()}
        asked = Asked(request.method, request.url, headers, _body(request.body))
        service = "dynamodb" if "x-amz-target" in headers else "s3"
        front = self._fronts[service]
        assert front is not None, f"{asked.method} {asked.url}"
        name, answer = front(asked)
        return name, service, answer


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _body(given: Any) -> bytes:
    if given is None:
        return b""
    if isinstance(given, str):
        return given.encode()
    return bytes(given if isinstance(given, bytes | bytearray) else given.read())
