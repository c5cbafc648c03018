"""One dialect over a world: requests go in as API Gateway and the endpoint hand them on, without either."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from assetversions import operations
from assetversions.dialects.common.http import Reply, Request
from assetversions.dialects.common.route import Route
from assetversions.domain.errors import Error, NotFound
from assetversions.domain.model import Asset, AssetRef, AssetUid

from tests.support.world import Untouched, World

ORIGIN = "https://api.example.com"


class Api:
    """Addresses may be absolute or begin with their path; links to files are made up."""

    def __init__(self, world: World, routes: Sequence[Route]) -> None:
        self.world = world
        self._routes = [(route, _pattern(route)) for route in routes]

    def ask(self, method: str, url: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Reply:
        """The reply, of an error too."""
        split = urlsplit(url)
        route, found = self._find(method, split.path)
        path = {name: unquote(value) for name, value in found.items()}
        sent = "" if body is None else json.dumps(body)
        request = Request(path, _query(split.query), headers or {}, sent, ORIGIN)
        try:
            return self._answer(route, request)
        except Error as error:
            return route.error(error)

    def _find(self, method: str, path: str) -> tuple[Route, dict[str, str]]:
        for route, pattern in self._routes:
            if found := pattern.fullmatch(f"{method} {path}"):
                return route, found.groupdict()
        raise LookupError(f"No route {method} {path}")

    def _answer(self, route: Route, request: Request) -> Reply:
        command = route.decode(request)
        run = operations.find(route.operation)
        transfers = Untouched("transfers", read_link=_read_link)
        services = replace(self.world.services(), transfers=transfers)
        return route.encode(run(command, self._asset(command.asset), services), request)

    def _asset(self, name: AssetRef | AssetUid) -> Asset:
        records = self.world.records
        if isinstance(name, AssetRef):
            found = records.asset(name)
        else:
            found = records.asset_by_uid(name.uid)
            if found is not None and name.database_id not in {None, found.ref.database_id}:
                found = None
        if found is None:
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


def _read_link(ref: AssetRef, path: str, object_version: str) -> str:
    return f"https://files.example.com/{ref.database_id}/{ref.asset_id}/{path}?versionId={object_version}"
