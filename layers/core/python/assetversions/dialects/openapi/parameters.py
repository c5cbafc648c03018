"""What a request may say beside its body: in its path, its query and its headers."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from assetversions.dialects.common.route import Route, reads
from assetversions.dialects.common.schema import FULL, Schema, like, word
from assetversions.dialects.openapi.components import Components
from assetversions.dialects.openapi.described import Api, Described

# API Gateway refuses a request whose line and headers have more bytes.
LONGEST = 10_240
BOUNDS = ("maxLength", "pattern", "format", "enum", "const")
PARAMETERS = "#/components/parameters/"
# By the names that they have among the components.
HEADERS: Mapping[str, Schema] = {
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "schema": like(r'^(\*|(W/)?"[0-9]{1,15}")$', '"7"'),
        "description": "The asset's `ETag`. No longer true: 409, and nothing is changed.",
    },
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "schema": like(r"^[!-~]([ -~]{0,253}[!-~])?$", "9d1c4f0e", maxLength=255),
        "description": "For a day, the same request with the same key does nothing more and gets the"
        " answer of the first one. With another request it is refused.",
    },
    "Prefer": {
        "name": "Prefer",
        "in": "header",
        "schema": word("respond-async"),
        "description": "Do it as a job, whatever its size.",
    },
    "ActsFor": {
        "name": "X-User-Id",
        "in": "header",
        "schema": FULL | {"maxLength": 128, "examples": ["mara"]},
        "description": "The user that a machine acts for; users leave it out.",
    },
}


def of_path(route: Route, api: Api) -> Iterator[Schema]:
    for name in re.findall(r"{(\w+)\+?}", route.key):
        schema = api.paths.get(name, FULL)
        yield _told({"name": name, "in": "path", "required": True, "schema": schema}, api)


def of_query(described: Described, api: Api, components: Components) -> Iterator[Schema]:
    """A list comes with commas between; a null can't be sent."""
    for model in described.queries:
        fields = components.fields(model)
        needed = fields.get("required", [])
        for name, schema in fields.get("properties", {}).items():
            shown = _without_null(schema)
            parameter: Schema = {"name": name, "in": "query", "schema": shown}
            if name in needed:
                parameter["required"] = True
            if shown.get("type") == "array":
                parameter |= {"style": "form", "explode": False}
            yield _told(parameter, api)
    yield from (_told(dict(fact), api) for fact in described.facts)


def of_headers(route: Route, described: Described, command: type[Any], *, writes: bool) -> Iterator[Schema]:
    """`command` is what the decoder makes of a request."""
    asked = {
        "IfMatch": "expected_rev" in command.__struct_fields__ and not reads(route.key),
        "IdempotencyKey": writes and not route.open,
        "Prefer": described.prefers,
        "ActsFor": not route.open,
    }
    for name, there in asked.items():
        if there:
            yield {"$ref": PARAMETERS + name}


def _told(parameter: Schema, api: Api) -> Schema:
    """With words, and a schema that has an example and a bound."""
    if "description" in parameter:
        return parameter | {"schema": _bound(parameter["schema"])}
    meaning = api.meanings[parameter["name"]]
    schema = _bound(parameter["schema"])
    if meaning.example is not None and "examples" not in schema and "$ref" not in schema:
        schema |= {"examples": [_value(meaning.example, schema)]}
    return parameter | {"schema": schema, "description": meaning.words}


def _bound(schema: Schema) -> Schema:
    """No text is longer than a request can be."""
    if schema.get("type") == "array":
        return schema | {"items": _bound(schema["items"])}
    if schema.get("type") != "string" or any(word in schema for word in BOUNDS):
        return schema
    return schema | {"maxLength": LONGEST}


def _value(text: str, schema: Schema) -> Any:
    if schema.get("type") == "array":
        return [_value(text, schema["items"])]
    return int(text) if schema.get("type") == "integer" else text


def _without_null(schema: Schema) -> Schema:
    if "anyOf" not in schema:
        return schema
    others = [one for one in schema["anyOf"] if one != {"type": "null"}]
    rest = {name: inner for name, inner in schema.items() if name != "anyOf" and inner is not None}
    return rest | (others[0] if len(others) == 1 else {"anyOf": others})
