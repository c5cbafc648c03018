"""Writes to S3 of which it is known how they ended: none is still under way when one has failed."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Executor, wait
from contextlib import contextmanager
from typing import TypeVar

from botocore.exceptions import ClientError

from assetversions.domain.files import Unanswered

Item = TypeVar("Item")
Result = TypeVar("Result")


@contextmanager
def answered() -> Iterator[None]:
    """Unanswered where a write fails and S3 may still be at it."""
    try:
        yield
    except Exception as error:
        if _refused(error):
            raise
        raise Unanswered(f"It is not known what became of a write: {error}") from error


def side_by_side(pool: Executor, write: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """The results in order. Where a write fails, those not begun are dropped, the others waited for."""

    def one(item: Item) -> Result:
        with answered():
            return write(item)

    under_way = [pool.submit(one, item) for item in items]
    wait(under_way, return_when=FIRST_EXCEPTION)
    begun = [future for future in under_way if not future.cancel()]
    errors = [error for future in begun if (error := future.exception()) is not None]  # waits
    if errors:
        raise next((error for error in errors if isinstance(error, Unanswered)), errors[0])
    return [future.result() for future in begun]


def _refused(error: Exception) -> bool:
    """Whether S3 answered the only attempt; one before the last may have been left without an answer."""
    if not isinstance(error, ClientError):
        return False
    return not error.response.get("ResponseMetadata", {}).get("RetryAttempts")
