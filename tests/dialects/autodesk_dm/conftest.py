"""Data Management over a small world; every reply it gives is checked to be JSON:API."""

from collections.abc import Mapping
from typing import Any

import pytest
from assetversions.dialects.autodesk_dm.routes import ROUTES as ITEM_ROUTES
from assetversions.dialects.autodesk_dm.routes_objects import ROUTES as OBJECT_ROUTES
from assetversions.dialects.common.http import Reply

from tests.support import World, jsonapi
from tests.support.dialect_api import ORIGIN, Api

OBJECTS = f"{ORIGIN}/oss/v2/"

ROUTES = (*ITEM_ROUTES, *OBJECT_ROUTES)


class Checked(Api):
    """The bytes that its links lead to are whatever they are."""

    def ask(self, method: str, url: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Reply:
        reply = super().ask(method, url, body, headers)
        if url.startswith(OBJECTS):
            return reply
        assert reply.headers["Content-Type"] == "application/vnd.api+json"
        jsonapi.check(reply.body, reply.status)
        return reply

    def get(self, url: str) -> Any:
        """The body of a read that must succeed."""
        reply = self.ask("GET", url)
        assert reply.status == 200, reply.body
        return reply.body


@pytest.fixture
def api() -> Checked:
    return Checked(World(), ROUTES)


@pytest.fixture(scope="session")
def new_api() -> Any:
    """Makes worlds, where a test needs many."""
    return lambda: Checked(World(), ROUTES)
