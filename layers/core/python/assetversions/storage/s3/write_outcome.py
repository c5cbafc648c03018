"""Writes to S3 of which it is known how they ended: none is still under way when one has failed."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Executor, wait
from contextlib import contextmanager
from typing import TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from assetversions.domain.errors import IndeterminateWrite

Item = TypeVar("Item")
Result = TypeVar("Result")


@contextmanager
def known_outcome() -> Iterator[None]:
    """IndeterminateWrite where a write fails and S3 may still be at it: an attempt had no answer."""
    try:
        yield
    except ClientError as error:
        if error.response.get("ResponseMetadata", {}).get("RetryAttempts"):
            raise _indeterminate(error) from error
        raise
    except (BotoCoreError, OSError) as error:
        raise _indeterminate(error) from error


def run_concurrently(pool: Executor, write: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """The results in order. Where a write fails, those not begun are dropped, the others waited for."""

    def one(item: Item) -> Result:
        with known_outcome():
            return write(item)

    under_way = [pool.submit(one, item) for item in items]
    wait(under_way, return_when=FIRST_EXCEPTION)
    begun = [future for future in under_way if not future.cancel()]
    errors = [error for future in begun if (error := future.exception()) is not None]  # waits
    if errors:
        raise next((error for error in errors if isinstance(error, IndeterminateWrite)), errors[0])
    return [future.result() for future in begun]


def _indeterminate(error: Exception) -> IndeterminateWrite:
    return IndeterminateWrite(f"It is not known what became of a write: {error}")
