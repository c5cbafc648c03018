"""Makes the OpenAPI document of one API, or of several, out of their routes."""

import inspect
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from assetversions.dialects.common.route import Route
from assetversions.dialects.common.schema import Schema
from assetversions.dialects.openapi import answers, parameters
from assetversions.dialects.openapi.components import Components
from assetversions.dialects.openapi.described import JSON, Api, Described

VERSION = "3.1.0"
READ, WRITE = "asset-versions/data:read", "asset-versions/data:write"
SECURITY: Mapping[str, Schema] = {
    "Bearer": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "A user's access token of Cognito, such as `make token` prints; at the address for "
        "API tokens, an API token, as VAMS's `POST /api-tokens` makes them.",
    },
    "ApiKey": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Api-Key",
        "description": "An API token. At the address for API tokens, every route takes it.",
    },
    "Token": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "An API token: `Token avt_…`.",
    },
    "Machine": {
        "type": "oauth2",
        "description": "A machine's own token. The stack's output `TokenUrl` says where it is given out.",
        "flows": {
            "clientCredentials": {
                "tokenUrl": "https://sign-in.example.com/oauth2/token",
                "scopes": {
                    READ: "Read, as far as the machine's roles go.",
                    WRITE: "Change, as far as the machine's roles go.",
                },
            }
        },
    },
}


class Row(NamedTuple):
    """What the page of an API says of a route, and in which section."""

    section: str
    words: str


class Told(Struct, frozen=True):
    """What the routes themselves do not say: the `rows` of the pages and examples of what is sent and of
    what is replied, by their keys, the operations that `write`, and those that it takes no more than to
    `read` for."""

    rows: Mapping[str, Row]
    examples: Mapping[str, Any]
    replied: Mapping[str, Any]
    write: Collection[str]
    read: Collection[str]


def document(apis: Sequence[Api], routes: Iterable[Route], told: Told) -> Schema:
    """In a document of several APIs each name has the API's before it."""
    parts = [_Part(api, routes, told, alone=len(apis) == 1) for api in apis]
    title = apis[0].title if len(apis) == 1 else "All APIs"
    paths: dict[str, Schema] = {}
    tags: dict[str, None] = {}
    for part in parts:
        for key, operation in part.operations():
            method, path = key.split(" ")
            paths.setdefault(path.replace("+}", "}"), {})[method.lower()] = operation
            tags |= dict.fromkeys(operation["tags"])
    return {
        "openapi": VERSION,
        "info": {
            "title": f"Asset Versions: {title}",
            "version": "1",
            "description": "A version store for digital assets.",
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in tags],
        "paths": paths,
        "components": {
            "schemas": _sorted(part.components.schemas for part in parts),
            "responses": _sorted(part.refusals for part in parts),
            "parameters": _asked(parameters.HEADERS, paths),
            "securitySchemes": _asked(SECURITY, paths),
        },
    }


def _asked(shared: Mapping[str, Schema], paths: Schema) -> dict[str, Schema]:
    """Those that some operation names: a way to sign in, or a header."""
    operations = [operation for methods in paths.values() for operation in methods.values()]
    asked = {name for one in operations for way in one["security"] for name in way}
    for one in operations:
        refers = (found["$ref"] for found in one.get("parameters", ()) if "$ref" in found)
        asked |= {reference.rpartition("/")[2] for reference in refers}
    return {name: schema for name, schema in shared.items() if name in asked}


class _Part:
    """One API within a document."""

    def __init__(self, api: Api, routes: Iterable[Route], told: Told, *, alone: bool) -> None:
        self.api = api
        self._told = told
        self._alone = alone
        self._routes = {route.key: route for route in routes if route.key in api.routes}
        self._prefix = "" if alone else api.title.replace(" ", "")
        self.components = Components(self._prefix)
        shared = answers.shared(api, self._routes, self.components)
        self.refusals = {f"{self._prefix}{name}": refusal for name, refusal in shared.items()}

    def operations(self) -> Iterable[tuple[str, Schema]]:
        for key, route in self._routes.items():
            yield key, self._operation(route, self.api.routes[key])

    def _operation(self, route: Route, described: Described) -> Schema:
        decode = _function(route.decode)
        command = inspect.get_annotations(decode, eval_str=True)["return"]
        writes = route.operation in self._told.write
        row = self._told.rows[route.key]
        name = described.called or decode.__name__
        shown: Schema = {
            "operationId": name if self._alone else f"{self.api.name}_{name}",
            "summary": name.replace("_", " ").capitalize(),
            "description": row.words,
            "tags": [self._tag(row.section)],
            "security": _security(route, READ if route.operation in self._told.read else WRITE),
        }
        known = [
            *parameters.of_path(route, self.api),
            *parameters.of_query(described, self.api, self.components),
            *parameters.of_headers(route, described, command, writes=writes),
        ]
        if known:
            shown["parameters"] = known
        if described.body:
            shown["requestBody"] = self._body(route.key, described)
        example = self._told.replied.get(route.key)
        good = answers.replies(route, described, self.components, command, example, writes=writes)
        bad = answers.refusals(route, self.api, described, self._prefix, writes=writes)
        return shown | {"responses": dict(sorted([*good, *bad]))}

    def _tag(self, section: str) -> str:
        """A page without sections is one."""
        return section if self._alone or section == self.api.title else f"{self.api.title}: {section}"

    def _body(self, key: str, described: Described) -> Schema:
        """No body is an empty one, where nothing in it is needed."""
        known = [self.components.model(model) for model in described.body]
        schema = known[0] if len(known) == 1 else {"allOf" if described.together else "anyOf": known}
        content: Schema = {"schema": schema}
        if key in self._told.examples:
            content["example"] = self._told.examples[key]
        needed = any("required" in model.model_json_schema() for model in described.body)
        return {"required": needed, "content": {JSON: content}}


def _security(route: Route, scope: str) -> list[dict[str, list[str]]]:
    if route.open:
        return []
    ways: list[dict[str, list[str]]] = [{"Bearer": []}, {"Machine": [scope]}]
    return [*ways, {"ApiKey": []}, {"Token": []}] if route.token else ways


def _function(named: Any) -> Any:
    """What a table of routes names without importing it."""
    return named.load() if hasattr(named, "load") else named


def _sorted(parts: Iterable[Mapping[str, Schema]]) -> dict[str, Schema]:
    return dict(sorted((name, schema) for part in parts for name, schema in part.items()))
