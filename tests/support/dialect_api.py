"""One dialect over a world: requests go in as API Gateway and the endpoint hand them on, without either."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from assetversions import operations
from assetversions.dialects.common.http import Reply, Request
from assetversions.dialects.common.route import Route
from assetversions.domain.commands.common import AssetName
from assetversions.domain.errors import Error, NotFound
from assetversions.domain.model import Asset, AssetRef

from tests.support.described import check_reply
from tests.support.world import World

ORIGIN = "https://api.example.com"


class Api:
    """Addresses may be absolute or begin with their path; the rules of access are left out."""

    def __init__(self, world: World, routes: Sequence[Route], user: str = "ann") -> None:
        self.world = world
        self._user = user
        # The most specific first, as API Gateway prefers them.
        in_order = sorted(routes, key=lambda route: route.key.count("{"))
        self._routes = [(route, _pattern(route)) for route in in_order]

    def ask(self, method: str, url: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Reply:
        """The reply, of an error too; it is as the document of the API says."""
        split = urlsplit(url)
        route, found = self._find(method, split.path)
        path = {name: unquote(value) for name, value in found.items()}
        sent = "" if body is None else json.dumps(body)
        request = Request(path, _query(split.query), headers or {}, sent, ORIGIN)
        try:
            reply = self._answer(route, request)
        except Error as error:
            reply = route.error(error)
        check_reply(route.key, reply)
        return reply

    def _find(self, method: str, path: str) -> tuple[Route, dict[str, str]]:
        for route, pattern in self._routes:
            if found := pattern.fullmatch(f"{method} {path}"):
                return route, found.groupdict()
        raise LookupError(f"No route {method} {path}")

    def _answer(self, route: Route, request: Request) -> Reply:
        command = route.decode(request)
        services = self.world.services(self._user)
        scope = (self._asset(command.asset), services) if hasattr(command, "asset") else (services,)
        return route.encode(operations.find(route.operation)(command, *scope), request)

    def _asset(self, name: AssetName) -> Asset:
        """As admission finds it."""
        records = self.world.records
        if name.database_id is not None and records.database(name.database_id) is None:
            raise NotFound("database", name.database_id)
        found = records.asset(name) if isinstance(name, AssetRef) else records.asset_by_uid(name.uid)
        if found is None or name.database_id not in {None, found.ref.database_id}:
            raise NotFound("asset", str(name))
        return found


def _pattern(route: Route) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", route.key))


def _query(text: str) -> dict[str, str]:
    """API Gateway joins the values of a repeated key with commas."""
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        found.setdefault(name, []).append(value)
    return {name: ",".join(values) for name, values in found.items()}
