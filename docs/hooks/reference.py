"""The reference of each API, a page of the site made of its OpenAPI document when the site is built."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

Json = dict[str, Any]

DOCUMENTS = Path(__file__).parents[1] / "openapi"
FOLDER = "reference"
APIS = {
    "vams": "VAMS",
    "posta": "Posta",
    "autodesk_dm": "Autodesk Data Management",
    "autodesk_vault": "Autodesk Vault",
    "disguise": "Disguise Cloud Drive",
}
_TYPES = {"string": "text", "integer": "whole number", "boolean": "true or false", "array": "list"}
_MEASURES = {"Length": "characters", "Items": "entries", "Properties": "fields", "imum": ""}
_REFERENCES = "#/components/"


def on_files(files: Files, config: MkDocsConfig) -> Files:
    for api, name in APIS.items():
        content = page(name, json.loads((DOCUMENTS / f"{api}.json").read_text()), api)
        files.append(File.generated(config, f"{FOLDER}/{api}.md", content=content))
    return files


def page(name: str, document: Json, api: str) -> str:
    """Routes by what they are about, the errors, and the bodies that routes take and answer."""
    routes = [
        (f"{method.upper()} {path}", route)
        for path, methods in document["paths"].items()
        for method, route in methods.items()
    ]
    lines = [
        f"# {name}: every route",
        f"Made of the [OpenAPI document](../openapi/{api}.json). "
        f"What it all means: [{name}](../api/{api}.md).",
    ]
    for tag in document["tags"]:
        lines.append(f"## {tag['name']}")
        for key, route in routes:
            if tag["name"] in route["tags"]:
                lines += _route(key, route, document)
    lines += ["## Errors { #errors }", *_errors(document), "## Bodies"]
    for body, schema in sorted(document["components"]["schemas"].items()):
        lines += [f"### {body} {{ #{_anchor(body)} }}", *_fields(schema)]
    return "\n\n".join(lines) + "\n"


def _route(key: str, route: Json, document: Json) -> Iterator[str]:
    yield f"### {key}"
    yield f"{route['description']} (`{route['operationId']}`)"
    rows = [
        [f"`{one['name']}`", one["in"], _needed(one.get("required")), _told(one)]
        for one in (_resolved(one, document) for one in route.get("parameters", []))
    ]
    for kind, content in route.get("requestBody", {}).get("content", {}).items():
        needed = _needed(route["requestBody"].get("required"))
        rows.append([f"`{kind}`", "body", needed, _kind(content["schema"])])
    if rows:
        yield _table(["parameter", "in", "when", "what"], rows)
    refused = []
    answers = []
    for status, answer in route["responses"].items():
        if status >= "400":
            refused.append(f"[{status}](#errors)")
        else:
            answers.append(f"{status}{_content(_resolved(answer, document))}")
    told = "Answers " + ", ".join(answers)
    yield f"{told}. Refused with {', '.join(refused)}." if refused else f"{told}."


def _content(answer: Json) -> str:
    return "".join(f" {_kind(one.get('schema', {}))}" for one in answer.get("content", {}).values())


def _errors(document: Json) -> Iterator[str]:
    rows = []
    for name, answer in sorted(document["components"]["responses"].items()):
        if not name[0].isdigit() or name >= "400":
            for content in answer.get("content", {}).values():
                example = json.dumps(content.get("example"), ensure_ascii=False)
                rows.append([name, answer["description"], _kind(content["schema"]), f"`{example}`"])
    yield _table(["status", "", "body", "such as"], rows)


def _fields(schema: Json) -> Iterator[str]:
    rows = list(_rows(schema))
    yield _table(["field", "when", "what"], rows) if rows else f"{_kind(schema)}."


def _rows(schema: Json, above: str = "") -> Iterator[list[str]]:
    """A row each field; those inside of it behind it."""
    for name, inner in schema.get("properties", {}).items():
        known = name in schema.get("required", ())
        yield [f"`{above}{name}`", _needed(known), _told({"schema": inner})]
        yield from _rows(inner, f"{above}{name}.")
        yield from _rows(inner.get("items", {}), f"{above}{name}[].")


def _needed(required: object) -> str:
    return "always" if required else ""


def _told(parameter: Json) -> str:
    schema = parameter["schema"]
    told = [_kind(schema), parameter.get("description", ""), schema.get("description", "")]
    if schema.get("default") is not None:
        told.append(f"else `{json.dumps(schema['default'])}`")
    if schema.get("examples"):
        told.append(f"such as `{schema['examples'][0]}`")
    return "; ".join(part.rstrip(".") for part in told if part)


def _anchor(body: str) -> str:
    """A body may be called like another section."""
    return f"body-{body}"


def _kind(schema: Json) -> str:
    """The type of a value in words, with its limits."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{_anchor(name)})"
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        return _either(map(_kind, choices))
    if "allOf" in schema:
        return " and ".join(map(_kind, schema["allOf"]))
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if values:
        return _either(f"`{json.dumps(one, ensure_ascii=False)}`" for one in values)
    return _plain(schema)


def _plain(schema: Json) -> str:
    types = schema.get("type", "anything")
    if not isinstance(types, str):
        return _either(_kind(schema | {"type": one}) if one != "null" else "null" for one in types)
    told = _TYPES.get(types, types)
    if types == "array" and schema.get("items"):
        told += f" of {_kind(schema['items'])}"
    if types == "object" and isinstance(schema.get("additionalProperties"), dict):
        told += f" of {_kind(schema['additionalProperties'])} by name"
    return ", ".join([told, *_limits(schema)])


def _either(kinds: Iterable[str]) -> str:
    """A limit has a comma before it: then what follows has one, too."""
    told = [*dict.fromkeys(kinds)]
    return (", or " if any(", " in one for one in told) else " or ").join(told)


def _limits(schema: Json) -> Iterator[str]:
    for word, what in (
        ("Length", "characters"),
        ("Items", "entries"),
        ("Properties", "fields"),
        ("imum", ""),
    ):
        least, most = schema.get(f"min{word}"), schema.get(f"max{word}")
        if least is not None and most is not None:
            yield f"{least:,} to {most:,} {what}".rstrip()
        elif least is not None:
            yield f"{least:,} or more {what}".rstrip()
        elif most is not None:
            yield f"at most {most:,} {what}".rstrip()
    if "format" in schema:
        yield schema["format"]
    elif "pattern" in schema:
        yield f"`{schema['pattern']}`"


def _resolved(found: Json, document: Json) -> Json:
    """What is meant, be it written here or named."""
    reference = found.get("$ref", "")
    if not reference:
        return found
    kind, name = reference.removeprefix(_REFERENCES).split("/")
    resolved: Json = document["components"][kind][name]
    return resolved


def _table(columns: list[str], rows: list[list[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    cells = [[re.sub(r"\s*\n\s*", " ", cell) for cell in line] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)
