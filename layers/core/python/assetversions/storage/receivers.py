"""Sends one delivery to one receiver, and says what came of it."""

import http.client
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from msgspec import Struct

from assetversions.domain.errors import Invalid
from assetversions.domain.webhooks import ANSWER_CHARACTERS
from assetversions.storage.outside import SECONDS, Outside, Refused, Resolve, resolve

# Those say when to come back.
BUSY = (429, 503)
_MOST_DIGITS = 9


class Answer(Struct, frozen=True):
    """`status` is None where there was no answer; `problem` says why then, or what is wrong with it.

    `rest` is for how long it wants to be left alone.
    """

    status: int | None
    milliseconds: int
    text: str = ""
    problem: str | None = None
    rest: timedelta = timedelta()

    @property
    def taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class Receivers:
    """`loopback` lets this machine's own in, over plain HTTP, too: for the local stage alone."""

    def __init__(self, loopback: bool = False, resolve: Resolve = resolve, seconds: float = SECONDS) -> None:
        self._outside = Outside(loopback, resolve, seconds)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """What came of it; redirects are not followed."""
        begun = time.monotonic()
        try:
            status, text, rest = self._post(url, body, headers)
        except (Refused, Invalid) as error:
            return Answer(None, _since(begun), problem=f"Not sent: {error}")
        except (OSError, http.client.HTTPException, ValueError) as error:
            seconds = self._outside.seconds
            late = time.monotonic() - begun >= seconds
            problem = f"No answer in {seconds:.0f} s." if late else f"{type(error).__name__}: {error}"
            return Answer(None, _since(begun), problem=problem[:ANSWER_CHARACTERS])
        return Answer(status, _since(begun), text, rest=rest)

    def _post(self, url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str, timedelta]:
        with self._outside.asked("POST", url, body, headers) as answer:
            text = answer.read(ANSWER_CHARACTERS).decode(errors="replace")
            return answer.status, text, _rest(answer)


def _rest(answer: http.client.HTTPResponse) -> timedelta:
    """What it says of when to come back, if it can be read: seconds, or a date."""
    said = answer.headers.get("Retry-After", "")
    if answer.status not in BUSY:
        return timedelta()
    with suppress(ValueError, OverflowError, TypeError):
        if said.isdecimal():
            return timedelta(seconds=float(said[:_MOST_DIGITS]))
        return parsedate_to_datetime(said) - datetime.now(UTC)
    return timedelta()


def _since(begun: float) -> int:
    return round((time.monotonic() - begun) * 1000)
