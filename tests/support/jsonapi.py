"""What every JSON:API 1.0 document must be like (https://jsonapi.org/format/1.0/), whatever it is about."""

from collections.abc import Iterator
from typing import Any

from tests.support.walk import found

Body = dict[str, Any]

TOP = {"data", "errors", "meta", "jsonapi", "links", "included"}
RESOURCE = {"type", "id", "attributes", "relationships", "links", "meta"}
IDENTIFIER = {"type", "id", "meta"}
RELATIONSHIP = {"links", "data", "meta"}
ERROR = {"id", "links", "status", "code", "title", "detail", "source", "meta"}


def check(document: Any, status: int) -> None:
    """Fails on whatever JSON:API forbids."""
    assert isinstance(document, dict)
    assert set(document) <= TOP
    assert document["jsonapi"] == {"version": "1.0"}
    assert {"data", "errors", "meta"} & set(document)
    assert not {"data", "errors"} <= set(document)
    assert ("errors" in document) == (status >= 400)
    assert "data" in document or "included" not in document
    _links(document.get("links", {}))
    if "errors" in document:
        _errors(document["errors"], status)
    else:
        _primary(document["data"], document.get("included", []))


def links(value: Any) -> Iterator[str]:
    """Every address in a document, at any depth."""
    return found(value, "href")


def _errors(errors: Any, status: int) -> None:
    assert isinstance(errors, list)
    assert errors
    for error in errors:
        assert error
        assert set(error) <= ERROR
        assert error["status"] == str(status)
        texts = [error[name] for name in ("id", "code", "title", "detail") if name in error]
        assert all(isinstance(text, str) and text for text in texts)
        source = error.get("source", {})
        assert set(source) <= {"pointer", "parameter"}
        assert source.get("pointer", "") == "" or source["pointer"].startswith("/")


def _primary(data: Any, included: Any) -> None:
    resources = data if isinstance(data, list) else [] if data is None else [data]
    assert isinstance(included, list)
    for resource in [*resources, *included]:
        _resource(resource)
    names = [_name(resource) for resource in [*resources, *included]]
    assert len(set(names)) == len(names)
    _fully_linked(resources, included)


def _resource(resource: Any) -> None:
    assert set(resource) <= RESOURCE
    _identified(resource)
    attributes, relationships = resource.get("attributes", {}), resource.get("relationships", {})
    assert not set(attributes) & set(relationships)
    assert not {"type", "id"} & (set(attributes) | set(relationships))
    _attribute(attributes)
    _links(resource.get("links", {}))
    for relationship in relationships.values():
        assert relationship
        assert set(relationship) <= RELATIONSHIP
        _links(relationship.get("links", {}))
        assert set(relationship.get("links", {"self": 0})) & {"self", "related"}
        for linked in _linkage(relationship):
            assert set(linked) <= IDENTIFIER
            _identified(linked)


def _attribute(value: Any) -> None:
    """No attribute contains a member that would pass for linkage."""
    if isinstance(value, dict):
        assert not {"relationships", "links"} & set(value)
        for inner in value.values():
            _attribute(inner)


def _identified(resource: Any) -> None:
    assert isinstance(resource["type"], str)
    assert resource["type"]
    assert isinstance(resource["id"], str)
    assert resource["id"]


def _links(found: Any) -> None:
    assert isinstance(found, dict)
    for link in found.values():
        if not (link is None or isinstance(link, str)):
            assert set(link) <= {"href", "meta"}
            assert isinstance(link["href"], str)


def _linkage(relationship: Body) -> list[Body]:
    data = relationship.get("data")
    return data if isinstance(data, list) else [] if data is None else [data]


def _fully_linked(resources: list[Body], included: list[Body]) -> None:
    """Whatever is included is reached from the primary data."""
    others = {_name(resource): resource for resource in included}
    todo = list(resources)
    reached: set[Any] = set()
    while todo:
        relationships = todo.pop().get("relationships", {}).values()
        linked = {_name(one) for relationship in relationships for one in _linkage(relationship)}
        todo += [others[name] for name in linked - reached if name in others]
        reached |= linked
    assert set(others) <= reached


def _name(resource: Body) -> tuple[str, str]:
    return resource["type"], resource["id"]
