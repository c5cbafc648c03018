"""Disguise over the fake stores, as a client of one drive."""

import json
from typing import Any

from assetversions.dialects.common.http import Reply
from assetversions.dialects.disguise import ids
from assetversions.dialects.disguise.routes import ROUTES

from tests.support import REF, UID, World
from tests.support.dialect_api import ORIGIN, Api

CONTENT = ids.spell_asset(UID)
CONTENTS = f"{ORIGIN}/v1/drives/{REF.database_id}/content"
CONTENT_URL = f"{CONTENTS}/{CONTENT}"
VERSIONS = f"{CONTENT_URL}/versions"

Body = dict[str, Any]


class Drive(Api):
    """The content that is the fake world's asset, to one user."""

    def __init__(self, world: World) -> None:
        super().__init__(world, ROUTES)

    def send(self, method: str, url: str = VERSIONS, body: Any = None, **headers: str) -> Reply:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask(method, url, body, sent)

    def ok(self, method: str, url: str = VERSIONS, body: Any = None, **headers: str) -> Body:
        reply = self.send(method, url, body, **headers)
        assert reply.status == 200, reply
        shown: Body = json.loads(json.dumps(reply.body))
        return shown

    def url(self, number: int) -> str:
        (version,) = (one for one in self.world.versions() if one.number == number)
        return f"{VERSIONS}/{version.version_id}"

    def all(self) -> list[Body]:
        """Every version, by following the links of the pages."""
        found, url = [], f"{VERSIONS}?per_page=100"
        while url:
            page = self.ok("GET", url)
            found += page["data"]
            url = page["links"]["next"]
        return found
