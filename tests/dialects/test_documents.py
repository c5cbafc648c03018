"""The documents of the APIs say all that the routes take and answer; `make golden` writes them anew."""

from collections import Counter
from collections.abc import Callable, Iterator
from types import FunctionType, ModuleType
from typing import Any

import pytest
from assetversions.dialects import ROUTES
from assetversions.dialects.common.http import NoQuery, parse
from assetversions.dialects.common.route import Route
from assetversions.dialects.openapi.components import Components
from assetversions.dialects.openapi.described import Api, Described, Model
from assetversions.dialects.vams.requests.files import SinceMoment
from assetversions.dialects.vams.requests.tags import TagBody, TagTypeBody
from pydantic import BaseModel

from tests.support.described import check, check_sent
from tests.support.documents import ALL, APIS, FOLDER, made
from tests.support.golden import golden

DESCRIBED: dict[str, Described] = {key: one for api in APIS for key, one in api.routes.items()}
NAMES = [*(api.name for api in APIS), ALL]
# What is read of a text, not of a request; and what stands for a list of itself.
OF_A_TEXT, ALONE = {SinceMoment}, {TagBody, TagTypeBody}


def operations(document: Any) -> Iterator[Any]:
    return (one for methods in document["paths"].values() for one in methods.values())


def read_by(decode: Callable[..., Any]) -> set[Model]:
    """The models that a decoder, or what it calls in its dialect, names."""
    found: set[Model] = set()
    seen: set[FunctionType] = set()
    todo = [decode.load() if hasattr(decode, "load") else decode]
    while todo:
        function = todo.pop()
        if not isinstance(function, FunctionType) or function in seen:
            continue
        seen.add(function)
        for named in _named(function):
            if isinstance(named, type) and issubclass(named, BaseModel):
                found.add(named)
            elif isinstance(named, FunctionType) and ".dialects." in named.__module__:
                todo.append(named)
    return found


def _named(function: FunctionType) -> Iterator[Any]:
    """By itself, or as part of a module."""
    names = function.__code__.co_names
    for name in names:
        thing = function.__globals__.get(name)
        if isinstance(thing, ModuleType) and ".dialects." in thing.__name__:
            yield from (vars(thing)[inner] for inner in names if inner in vars(thing))
        elif thing is not None:
            yield thing


def test_every_route_is_in_the_document_of_its_api_and_nothing_else_is() -> None:
    assert Counter(key for api in APIS for key in api.routes) == Counter(route.key for route in ROUTES)


@pytest.mark.parametrize("name", NAMES)
def test_the_documents_are_as_the_routes(name: str) -> None:
    assert golden(FOLDER, name, made(name)) == made(name)


@pytest.mark.parametrize("name", NAMES)
def test_an_operation_has_a_name_of_its_own(name: str) -> None:
    names = Counter(operation["operationId"] for operation in operations(made(name)))
    assert names.most_common(1)[0][1] == 1


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_the_models_that_a_route_reads_are_in_its_document(route: Route) -> None:
    described = DESCRIBED[route.key]
    known = {*described.queries, *described.body}
    read = read_by(route.decode) - {BaseModel} - OF_A_TEXT
    assert {one for one in read if one is not NoQuery and not any(issubclass(k, one) for k in known)} == set()
    assert known - read - ALONE == set()


def test_the_document_of_all_is_that_of_each() -> None:
    """But for the names."""
    one_by_one = {path for api in APIS for path in made(api.name)["paths"]}
    assert made(ALL)["paths"].keys() == one_by_one
    schemas = [made(api.name)["components"]["schemas"] for api in APIS]
    assert len(made(ALL)["components"]["schemas"]) == sum(map(len, schemas))


def parameters(name: str) -> Iterator[tuple[str, Any, Any]]:
    """The name of each, it itself, and its schema."""
    document = made(name)
    for operation in operations(document):
        for one in operation.get("parameters", []):
            reference = one.get("$ref", "").rpartition("/")[2]
            found = document["components"]["parameters"][reference] if reference else one
            yield f"{operation['operationId']} {found['name']}", found, found["schema"]


def is_short(schema: Any) -> bool:
    """A text has a longest length or a form, and each part of a list."""
    if schema.get("type") == "array":
        return is_short(schema["items"])
    return schema.get("type") != "string" or bool(
        {"maxLength", "pattern", "format", "enum", "const"} & schema.keys()
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_parameter_says_what_it_means_what_it_may_be_and_shows_one(name: str) -> None:
    told = [*parameters(name)]
    assert [key for key, one, _ in told if not one.get("description")] == []
    assert [key for key, _, schema in told if not is_short(schema)] == []
    # What is one of a few words, or yes or no, needs no example.
    shown = {"examples", "enum", "const", "$ref"}
    bare = [
        key
        for key, one, schema in told
        if "example" not in one and not shown & schema.keys() and schema.get("type") != "boolean"
    ]
    assert bare == []


@pytest.mark.parametrize("api", APIS, ids=lambda api: api.name)
def test_no_meaning_is_of_a_parameter_that_is_not_there(api: Api) -> None:
    assert api.meanings.keys() - {one["name"] for _, one, _ in parameters(api.name)} == set()


def test_a_name_stands_for_one_schema() -> None:
    class Paging(BaseModel):
        other: int

    components = Components("")
    for model in DESCRIBED["GET /database"].queries:
        components.model(model)
    with pytest.raises(ValueError, match="Paging"):
        components.model(Paging)


# Bytes have no example; VAMS's replies stand on the page of its examples.
BESIDE = [(api.name, key) for api in APIS if api.name != "vams" for key in api.routes]


@pytest.mark.parametrize(("name", "key"), BESIDE, ids=lambda one: one)
def test_an_api_beside_vams_shows_what_is_sent_and_what_is_replied(name: str, key: str) -> None:
    """Each example is as its schema says, and what is sent is read without a complaint."""
    described, (method, path) = DESCRIBED[key], key.split(" ")
    shown = made(name)["paths"][path.replace("+}", "}")][method.lower()]
    if described.body:
        sent = shown["requestBody"]["content"]["application/json"]["example"]
        for model in described.body:
            parse(model, sent)
        check_sent(key, sent)
    reply = shown["responses"][str(described.status)]
    for kind, content in reply.get("content", {}).items():
        if method != "HEAD" and kind != "*/*" and kind.endswith("json") and content.get("schema"):
            check(key, described.status, {"Content-Type": kind}, content["example"])
