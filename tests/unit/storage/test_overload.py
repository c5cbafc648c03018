"""Which errors of AWS pass by themselves: those are Busy, and every other stays what it is."""

from typing import Any

import pytest
from assetversions.domain.errors import Busy, Conflict, IndeterminateWrite
from assetversions.storage.dynamodb.table import Cancelled
from assetversions.storage.overload import busy
from botocore.exceptions import (
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
    ReadTimeoutError,
)


def answer(code: str, status: int | None = None) -> ClientError:
    facts: Any = {} if status is None else {"HTTPStatusCode": status}
    return ClientError({"Error": {"Code": code}, "ResponseMetadata": facts}, "Operation")


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        answer("SlowDown", 503),
        answer("SlowDown"),
        answer("ServiceUnavailable"),
        answer("InternalError", 500),
        answer("503"),
        answer("anything", 502),
        answer("ThrottlingException", 400),
        answer("ProvisionedThroughputExceededException", 400),
        answer("RequestLimitExceeded", 400),
        answer("TooManyRequestsException", 400),
        answer("ExecutionLimitExceeded", 400),
        EndpointConnectionError(endpoint_url="s3"),
        ReadTimeoutError(endpoint_url="s3"),
        Cancelled(["None", "ThrottlingError"]),
        caused(IndeterminateWrite("?"), answer("SlowDown", 503)),
        caused(RuntimeError("of a library"), caused(RuntimeError("inside"), answer("SlowDown"))),
    ],
    ids=repr,
)
def test_what_passes_by_itself_is_busy(error: Exception):
    assert isinstance(busy(error), Busy)


@pytest.mark.parametrize(
    "error",
    [
        answer("AccessDenied", 403),
        answer("403", 403),
        answer("NoSuchKey", 404),
        answer("ValidationException", 400),
        NoCredentialsError(),
        Cancelled(["None", "ValidationError"]),
        RuntimeError("ours"),
        caused(IndeterminateWrite("?"), answer("AccessDenied", 403)),
        caused(Conflict("said already"), answer("SlowDown", 503)),
    ],
    ids=repr,
)
def test_every_other_error_stays_what_it_is(error: Exception):
    assert busy(error) is None
