"""Addresses that events are sent to, and what became of each sending."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import field

from assetversions_client import errors
from assetversions_client.http import Http
from assetversions_client.wire import Body, Said, pages, step


class Webhook(Body, frozen=True):
    """`disabled` says why it is sent nothing any more; `secret` is told when it is made, and never again."""

    webhook_id: str
    url: str
    events: list[str]
    database_id: str | None = None
    asset_id: str | None = None
    tags: list[str] = field(default_factory=list)
    description: str = ""
    created_by: str = ""
    date_created: str = ""
    disabled: str | None = None
    failing_since: str | None = None
    secret: str | None = None


class Delivery(Body, frozen=True):
    """One event on its way to one address."""

    delivery_id: str
    event: str = ""
    state: str = ""
    attempts: int = 0
    database_id: str | None = None
    asset_id: str | None = None
    last_attempt: str | None = None
    next_attempt: str | None = None
    status: int | None = None
    problem: str | None = None


class NewSecret(Body, frozen=True):
    """Until `previous_until` the one before it signs, too."""

    webhook_id: str
    secret: str
    previous_until: str | None = None


class Replayed(Body, frozen=True):
    """How many were sent again; `rest` is where the next replay begins, None where that was all."""

    count: int
    rest: str | None = field(name="next", default=None)


class _Webhooks(Body, frozen=True):
    items: list[Webhook] = field(name="Items", default_factory=list)
    next_token: str | None = field(name="NextToken", default=None)


class _Deliveries(Body, frozen=True):
    items: list[Delivery] = field(name="Items", default_factory=list)
    next_token: str | None = field(name="NextToken", default=None)


class Webhooks:
    """One's own, and everybody's where one manages policy."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def all(self) -> Iterator[Webhook]:
        for page in pages(self._http, "/webhooks", _Webhooks):
            yield from page.items

    def get(self, webhook: str) -> Webhook:
        return self._http.get(f"/webhooks/{step(webhook)}", Webhook)

    def create(
        self,
        url: str,
        events: Sequence[str],
        *,
        database: str | None = None,
        asset: str | None = None,
        tags: Sequence[str] = (),
        description: str = "",
    ) -> Webhook:
        body = _facts(url, events, database, asset, tags, description)
        return self._http.write("POST", "/webhooks", body, Webhook)

    def enable(self, webhook: str) -> Webhook:
        """One that was disabled is sent events again."""
        found = self.get(webhook)
        about = (found.database_id, found.asset_id)
        body = _facts(found.url, found.events, *about, found.tags, found.description)
        return self._http.write("PUT", f"/webhooks/{step(webhook)}", body, Webhook)

    def delete(self, webhook: str) -> None:
        self._http.write("DELETE", f"/webhooks/{step(webhook)}", None, Said)

    def new_secret(self, webhook: str) -> NewSecret:
        return self._http.write("POST", f"/webhooks/{step(webhook)}/secret", {}, NewSecret)

    def try_it(self, webhook: str) -> Delivery:
        return self._http.write("POST", f"/webhooks/{step(webhook)}/test", {}, Delivery)

    def deliveries(self, webhook: str) -> Iterator[Delivery]:
        """Newest first."""
        for page in pages(self._http, f"/webhooks/{step(webhook)}/deliveries", _Deliveries):
            yield from page.items

    def send_again(self, webhook: str, delivery: str) -> Delivery:
        path = f"/webhooks/{step(webhook)}/deliveries/{step(delivery)}/redeliver"
        return self._http.write("POST", path, {}, Delivery)

    def replay(self, webhook: str, start: str, end: str) -> int:
        """Send all of a time again; how many that were."""
        count = 0
        while True:
            body = {"from": start, "to": end}
            done = self._http.write("POST", f"/webhooks/{step(webhook)}/replay", body, Replayed)
            count += done.count
            if done.rest is None:
                return count
            if done.rest == start:
                raise errors.Failed("The service goes round in circles: it sends the same again and again.")
            start = done.rest


def _facts(
    url: str, events: Sequence[str], database: str | None, asset: str | None, tags: Sequence[str], text: str
) -> dict[str, Any]:
    facts = {"url": url, "events": list(events), "tags": list(tags), "description": text}
    return facts | {"databaseId": database, "assetId": asset}
