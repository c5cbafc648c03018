"""When AWS has too much to do: what outlasts the clients' own retries is Busy, whatever was asked for."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore import exceptions

from assetversions.domain.errors import Busy, Error, IndeterminateWrite
from assetversions.storage.dynamodb.table import PASSING, Cancelled

# How S3, DynamoDB, Step Functions and Cognito say so with a status that others use, too.
THROTTLED = frozenset(
    {
        "ExecutionLimitExceeded",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestTimeout",
        "SlowDown",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)
OF_SERVERS = frozenset({"InternalError", "InternalServerError", "ServiceUnavailable"})
# A HEAD has no body that could name its error.
BARE = frozenset({"429", "500", "502", "503", "504"})
# What the stores raise that may come of it.
FAILURES = (exceptions.ClientError, exceptions.BotoCoreError, Cancelled, IndeterminateWrite)


def passes(code: str) -> bool:
    """Whether an error of this name may be gone when the same is tried again."""
    return code in THROTTLED or code in OF_SERVERS or code in BARE


def busy(error: Exception) -> Busy | None:
    """Busy for an error that says, or comes of one that says: try again later. None for any other."""
    found: BaseException | None = error
    while found is not None and not isinstance(found, Error):
        if _is_passing(found):
            return Busy("The store has too much to do, or can't be reached; send the same request again.")
        found = found.__cause__
    return None


@contextmanager
def as_busy() -> Iterator[None]:
    """Busy in place of an error that says so."""
    try:
        yield
    except FAILURES as error:
        if found := busy(error):
            raise found from error
        raise


def _is_passing(error: BaseException) -> bool:
    if isinstance(error, exceptions.ClientError):
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        return status >= 500 or passes(error.response["Error"]["Code"])
    if isinstance(error, Cancelled):
        return set(error.codes) <= PASSING
    return isinstance(error, exceptions.ConnectionError | exceptions.HTTPClientError)
