"""Disguise over the fake stores: requests by URL, through decoder, operation and encoder."""

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from assetversions import operations
from assetversions.dialects.common.http import Reply, Request
from assetversions.dialects.common.route import Route
from assetversions.dialects.disguise import ids
from assetversions.dialects.disguise.routes import ROUTES
from assetversions.domain.commands.common import AssetName
from assetversions.domain.errors import Error, NotFound
from assetversions.domain.model import Asset, AssetUid

from tests.support import REF, UID, World

ORIGIN = "https://api.example.com"
CONTENT = ids.spell_asset(UID)
VERSIONS = f"{ORIGIN}/v1/drives/{REF.database_id}/content/{CONTENT}/versions"

Body = dict[str, Any]


@dataclass
class Drive:
    """The content that is the fake world's asset, to one user."""

    world: World = field(default_factory=World)
    user: str = "ann"

    def send(self, method: str, url: str = VERSIONS, body: Any = None, **headers: str) -> Reply:
        """As the endpoint does it, but for the rules of access."""
        route, path = _match(method, urlsplit(url).path)
        query = dict(parse_qsl(urlsplit(url).query))
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        request = Request(path, query, sent, "" if body is None else json.dumps(body), ORIGIN)
        operation = operations.find(route.operation)
        try:
            command = route.decode(request)
            asset = self._asset(command.asset)
            return route.encode(operation(command, asset, self.world.services(self.user)), request)
        except Error as error:
            return route.error(error)

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

    def _asset(self, name: AssetName) -> Asset:
        """As admission finds it."""
        if name.database_id != REF.database_id:
            raise NotFound("database", str(name.database_id))
        known = name.uid == UID if isinstance(name, AssetUid) else name == REF
        if not known:
            raise NotFound("asset", str(name))
        return self.world.head()


def _match(method: str, path: str) -> tuple[Route, dict[str, str]]:
    for route in ROUTES:
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", route.key)
        if found := re.fullmatch(pattern, f"{method} {path}"):
            return route, {name: unquote(value) for name, value in found.groupdict().items()}
    raise LookupError(f"{method} {path}")
