"""Posta over the fake stores, as a client of one asset; each reply is held against its document."""

import json
from typing import Any

from assetversions.dialects.common.http import Reply
from assetversions.dialects.posta import ids
from assetversions.dialects.posta.routes import ROUTES

from tests.support import UID, World
from tests.support.dialect_api import ORIGIN, Api

ASSETS = f"{ORIGIN}/posta/assets"
ASSET = f"{ORIGIN}/assets/{ids.spell_asset(UID)}"
VERSIONS = f"{ASSET}/versions"

Body = dict[str, Any]


class Posta(Api):
    """The fake world's asset, to one user."""

    def __init__(self, world: World) -> None:
        super().__init__(world, ROUTES)

    def send(self, method: str, url: str = VERSIONS, body: Any = None) -> Reply:
        reply = self.ask(method, url, body)
        assert reply.status < 400 or reply.body["status"] == reply.status
        return reply

    def get(self, url: str = VERSIONS) -> Body:
        reply = self.send("GET", url)
        assert reply.status == 200, reply
        shown: Body = json.loads(json.dumps(reply.body))
        return shown

    def create(self, **body: Any) -> str:
        """Its address."""
        reply = self.send("POST", VERSIONS, body)
        assert reply.status == 201, reply
        return ORIGIN + reply.headers["Location"]
