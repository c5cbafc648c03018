"""Holds each reply against the document of its API: its status, its media type, its body."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import jsonschema_rs
from assetversions.dialects.common.http import Reply
from assetversions.dialects.common.schema import Schema

from tests.support.documents import APIS, FOLDER, made

AT = "urn:api:"


def check(key: str, status: int, headers: Mapping[str, str], body: Any) -> None:
    """Raises where a reply to a route is not as the document says; `body` is None for none."""
    reply = _reply(key, status)
    assert reply is not None, f"{key}: {status} is in no document; {body}"
    if key.startswith("HEAD "):
        return  # what an encoder has written is left out on the way
    kinds = reply.get("content")
    if kinds is None:
        assert not body, f"{key}, {status}: there should be no body: {body}"
        return
    said = {name.lower(): value for name, value in headers.items()}.get("content-type", "application/json")
    kind = said.partition(";")[0]
    assert kind in kinds or "*/*" in kinds, f"{key}, {status}: {kind} is none of {[*kinds]}"
    if kind in kinds and kind.endswith("json"):
        _check_body(key, status, kind, body)


def check_refusal(key: str, reply: Reply) -> None:
    """Of whatever error, and at whatever status: all of a route's are of one kind."""
    if key.startswith("HEAD "):
        assert reply.body is None
        return
    kind = reply.headers.get("Content-Type", "application/json")
    _check_body(key, 500, kind, json.loads(json.dumps(reply.body)))


def check_sent(key: str, body: Any) -> None:
    """Raises where a body of a request is not as the document says."""
    method, path = key.replace("+}", "}").split(" ")
    name = _apis()[key]
    sent = made(name)["paths"][path][method.lower()]["requestBody"]["content"]["application/json"]
    schema = _within(name, sent["schema"])
    try:
        jsonschema_rs.validator_for(schema, registry=_registry(name)).validate(body)
    except jsonschema_rs.ValidationError as error:
        place = "/".join(map(str, error.instance_path))
        raise AssertionError(f"{key}: at '{place}' {error.message[:1_000]}") from error


def check_reply(key: str, reply: Reply) -> None:
    """As its encoder makes it; a text goes out as it is."""
    body = reply.body
    if not isinstance(body, bytes):
        text = body if isinstance(body, str) else json.dumps(body)
        is_json = "json" in reply.headers.get("Content-Type", "application/json")
        body = json.loads(text) if is_json else text
    check(key, reply.status, reply.headers, body)


def documented(key: str) -> bool:
    return key in _apis()


def check_call(event: Any) -> None:
    """What a webhook is sent."""
    kind = event["type"].removeprefix("asset-versions.")
    _call(f"webhook.{kind}").validate(event)


@cache
def _call(name: str) -> Any:
    events = json.loads((FOLDER / "asyncapi.json").read_text())
    payload = _within("events", events["components"]["messages"][name]["payload"])
    return jsonschema_rs.validator_for(payload, registry=jsonschema_rs.Registry([(f"{AT}events", events)]))


def _check_body(key: str, status: int, kind: str, body: Any) -> None:
    try:
        _validator(key, status, kind).validate(body)
    except jsonschema_rs.ValidationError as error:
        place = "/".join(map(str, error.instance_path))
        raise AssertionError(f"{key}, {status}: at '{place}' {error.message[:1_000]}") from error


@cache
def _reply(key: str, status: int) -> Schema | None:
    method, path = key.replace("+}", "}").split(" ")
    document = made(_apis()[key])
    found: Schema | None = document["paths"][path][method.lower()]["responses"].get(str(status))
    if found is None or "$ref" not in found:
        return found
    shared: Schema = document["components"]["responses"][found["$ref"].rpartition("/")[2]]
    return shared


@cache
def _validator(key: str, status: int, kind: str) -> Any:
    reply = _reply(key, status)
    assert reply is not None
    name = _apis()[key]
    schema = reply["content"][kind]["schema"]
    return jsonschema_rs.validator_for(_within(name, schema), registry=_registry(name))


def _within(name: str, schema: Any) -> Any:
    """The schema with references that lead into the document, wherever it stands itself."""
    if isinstance(schema, dict):
        return {
            key: AT + name + inner if key == "$ref" else _within(name, inner) for key, inner in schema.items()
        }
    return [_within(name, one) for one in schema] if isinstance(schema, list) else schema


@cache
def _registry(name: str) -> Any:
    return jsonschema_rs.Registry([(AT + name, made(name))])


@cache
def _apis() -> dict[str, str]:
    """The name of each route's API."""
    return {key: api.name for api in APIS for key in api.routes}
