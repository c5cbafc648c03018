"""Holds every answer that a system test gets over HTTP against the documents of the APIs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from assetversions.domain.errors import NotFound
from assetversions.runtime import paths

from tests.support.described import check

# Every answer of a function has it; what API Gateway answers itself, in its own words, has not.
OURS = "cache-control"
NO_ROUTE = b'{"message": "Not Found"}'


@contextmanager
def documented(*addresses: str) -> Iterator[None]:
    """Meanwhile, whatever is asked of these addresses, by whichever client, is answered as documented."""
    send = httpx.Client.send

    def checked(client: httpx.Client, request: httpx.Request, **how: Any) -> httpx.Response:
        reply = send(client, request, **how)
        for address in addresses:
            if str(reply.request.url).startswith(f"{address}/") and OURS in reply.headers:
                check_reply(reply, address)
        return reply

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpx.Client, "send", checked)
        yield


def check_reply(reply: httpx.Response, address: str) -> None:
    """What leads to no route is in no document, nor is the way on to single slashes."""
    if reply.status_code == 308 or reply.content == NO_ROUTE:
        return
    asked = str(reply.request.url).removeprefix(address).partition("?")[0]
    try:
        route, _ = paths.find(f"{reply.request.method} {asked}")
    except NotFound:
        return
    body = (
        reply.json() if "json" in reply.headers.get("content-type", "") and reply.content else reply.content
    )
    check(route.key, reply.status_code, reply.headers, body)
