"""What happened to an asset: read backwards, or followed."""

from collections.abc import Iterator
from typing import Any

from msgspec import field

from assetversions_client.http import Http
from assetversions_client.wire import AssetRef, Body, Number, pages


class Named(Body, frozen=True):
    number: Number = field(name="Version")


class Event(Body, frozen=True):
    """One commit, or one change of files; `version` is the one that it is about."""

    event_id: str
    event: str
    date_created: str = ""
    created_by: str = ""
    version: Named | None = None
    details: dict[str, Any] | None = None


class _Page(Body, frozen=True):
    events: list[Event] = field(default_factory=list)
    next_token: str | None = field(name="NextToken", default=None)


class _Further(Body, frozen=True):
    after: str
    events: list[Event] = field(default_factory=list)


class History:
    """The events of one asset."""

    def __init__(self, http: Http, ref: AssetRef) -> None:
        self._http = http
        self._path = f"{ref.path}/history"

    def newest(self) -> Iterator[Event]:
        for page in pages(self._http, self._path, _Page):
            yield from page.events

    def since(self, after: str) -> tuple[list[Event], str]:
        """The commits behind a place in the history, and the place behind them; "" is its beginning."""
        page = self._http.get(self._path, _Further, after=after)
        return page.events, page.after
