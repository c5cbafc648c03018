"""What fits a request, and how the rest becomes a job."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assetversions.domain.manifest import Entry
from assetversions.domain.model import Asset
from assetversions.domain.ports import Row, Services
from assetversions.domain.results import Deferred


@dataclass(frozen=True)
class Limit:
    """Files listed, requests for single files, and bytes copied."""

    files: int
    requests: int
    bytes: int


# HTTP API ends a request after 30 seconds. `make bench` shows what these take at 15 ms a call, 32 side by
# side: 100 listings 0.1 s, 10,000 requests 5 s; S3 copies some 100 MB a second within a region.
IN_REQUEST = Limit(files=100_000, requests=10_000, bytes=2 * 1024**3)


class TooMuch(Exception):
    """More than a request can do; nothing was changed yet."""


# What the rows of a listing pass through on their way.
Pace = Callable[[Iterable[Row]], Iterable[Row]]


def in_request(rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows; TooMuch as soon as they need more than a request can do."""
    requests = 0
    for files, row in enumerate(rows, start=1):
        requests += row.now is not None and row.known is not None and row.now != row.known
        if files > IN_REQUEST.files or requests > IN_REQUEST.requests:
            raise TooMuch
        yield row


def check_copies(entries: Sequence[Entry]) -> None:
    """TooMuch where these copies need more than a request can do: each is checked first, then copied."""
    too_many = 2 * len(entries) > IN_REQUEST.requests
    if too_many or sum(entry.size for entry in entries) > IN_REQUEST.bytes:
        raise TooMuch


def defer(services: Services, asset: Asset, kind: str, command: Any) -> Deferred:
    """Let a job do it."""
    return Deferred(asset, services.jobs.start(asset.ref, kind, command, services.user, services.now()))
