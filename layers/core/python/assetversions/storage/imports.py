"""Fetches a content that somebody names by its address: a public one, once, and no more than is taken."""

import http.client
import ssl

from assetversions.domain.errors import Invalid, Unprocessable
from assetversions.domain.ports.imports import Fetched
from assetversions.storage.outside import Outside, Refused

MAX_BYTES = 10_000_000
FIELD = "content.content"
# Nothing of who asks goes along.
_HEADERS = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": "asset-versions"}


class Imports:
    """The `Imports` port; `outside` None fetches nothing."""

    def __init__(self, outside: Outside | None) -> None:
        self._outside = outside

    @property
    def allowed(self) -> bool:
        return self._outside is not None

    def fetch(self, url: str) -> Fetched:
        """Who asks learns no more of what is reached than that it can't be had."""
        assert self._outside is not None
        try:
            with self._outside.asked("GET", url, None, _HEADERS) as answer:
                return _read(answer)
        except Unprocessable:
            raise
        except Invalid as error:
            raise _refused(next(iter(error.problems.values()))) from error
        except Refused as error:
            raise _refused("the host is at no public address.") from error
        except ssl.SSLError as error:
            raise _refused("the host has no certificate for its name that can be trusted.") from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            seconds = f"{self._outside.seconds:.0f} s"
            raise _refused(f"nothing whole came of it within {seconds}.") from error


def _read(answer: http.client.HTTPResponse) -> Fetched:
    if 300 <= answer.status < 400:
        raise _refused(f"it is answered with {answer.status}: send the address where that leads.")
    if answer.status != 200:
        raise _refused(f"it is answered with {answer.status}.")
    if answer.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise _refused("it is answered packed, which was not asked for.")
    data = answer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _refused(f"more than {MAX_BYTES:,} bytes lie there.")
    if answer.length:  # it was to have more
        raise http.client.IncompleteRead(data, answer.length)
    said = answer.headers.get("Content-Type", "")
    return Fetched(data, said.partition(";")[0].strip().lower())


def _refused(why: str) -> Unprocessable:
    return Unprocessable({FIELD: f"can't be imported: {why}"})
