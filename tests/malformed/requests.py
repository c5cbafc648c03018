"""Requests that routes have nothing against, each bent in one to three places, as a seed decides."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from random import Random
from typing import Any, Protocol
from unittest.mock import patch

from assetversions import dialects
from assetversions.dialects import ROUTES
from assetversions.domain.cursor import seal
from pydantic import BaseModel

from tests.malformed.hostile import RAW, Spliced, bent, text, value
from tests.malformed.world import List
from tests.support.lambda_client import match, user
from tests.support.routes import wanted

Event = dict[str, Any]
POSITIONS: tuple[Any, ...] = (
    *(
        "",
        "a",
        "a" * 1000,
        "a" * 5000,
        "😀" * 256,
        "\x00",
        "\ud800",
        "#",
        "x#y",
        "string:",
        "bogus:a",
        ":",
        "1",
    ),
    *(
        "|",
        "a|b",
        "0001-01-01T00:00:00+23:59#x",
        "|9999-12-31T23:59:59-23:59#x",
        "9999-12-31T23:59:59+00:00#x#y",
    ),
    *("|2026-03-15T10:30:00.000+00:00#x", "2026-03-15T10:30:00.000+00:00#x#y", "2026-03-15T10:30:00.000#x"),
    *(0, -1, 1, 2**32, 10**400, 1.5, float("nan"), float("inf"), True, None, [], {}, ["a"], "~", "/", "../a"),
)
CURSORS = ("startingToken", "nextToken", "cursorState")
HEADERS = (
    *("if-match", "idempotency-key", "prefer", "content-type", "accept-encoding", "x-user-id", "x-api-key"),
    *("accept", "accept-language", "if-none-match", "range", "origin", "content-encoding", "x-forwarded-for"),
)


class Asked(Protocol):
    """Whom the requests are for."""

    names: dict[str, str]
    lists: list[List]

    def ask(self, event: Event) -> object: ...


class Malformed:
    """`make` gives the request of a seed, as API Gateway would hand it on."""

    def __init__(self, world: Asked) -> None:
        self._world = world
        self._known = [*world.names.values(), *(one.cursor for one in world.lists)]
        self._fields = {route.key: self._fields_of(route.key) for route in ROUTES}

    def good(self, key: str) -> Event:
        """What a route has nothing against."""
        event, body = self._good(key, "admin")
        return event if body is None else event | {"body": json.dumps(body)}

    def make(self, seed: int) -> Event:
        random = Random(seed)
        if random.random() < 0.15:
            return self._list(random)
        who = random.choice(("admin", "admin", "admin", "editor", "viewer"))
        (event, body), spliced = self._good(random.choice(list(self._fields)), who), Spliced()
        for _ in range(random.choice((1, 1, 1, 2, 3))):
            bend = random.choice(self._ways(event, body))
            body = bend(random, event, body, spliced)
        if body is not None:
            event["body"] = spliced.text(body)
        if random.random() < 0.05:
            self._bytes(random, event)
        return event

    def _list(self, random: Random) -> Event:
        """With a cursor that anybody could have made, one of another list, or one that is bent."""
        asked, other = random.choice(self._world.lists), random.choice(self._world.lists)
        scope = asked.scope if random.random() < 0.8 else other.scope
        forged, kind = seal(scope, random.choice(POSITIONS)), random.random()
        cursor = forged if kind < 0.7 else other.cursor if kind < 0.8 else bent(random, asked.cursor)
        key, parameters = match("GET", asked.path)
        # Vault refuses a cursor that is not its own by its name, before it looks at any.
        names = CURSORS[-1:] if "/vaults/" in key else CURSORS
        query = asked.query | dict.fromkeys(names, cursor)
        return self._event(key, asked.path, parameters, query, "admin")

    def _fields_of(self, key: str) -> tuple[str, ...]:
        """What the route's own queries and bodies know."""
        read: list[type[BaseModel]] = []
        model_validate = BaseModel.model_validate.__func__  # type: ignore[attr-defined]

        def noted(model: type[BaseModel], *given: Any) -> Any:
            read.append(model)
            return model_validate(model, *given)

        with patch.object(BaseModel, "model_validate", classmethod(noted)):
            self._world.ask(self.good(key))
        return _names(read)

    def _good(self, key: str, who: str) -> tuple[Event, Any]:
        """With its body beside it, as it is before it is written."""
        asked = wanted(key, self._world.names, "admin")
        found, parameters = match(asked.method, asked.path)
        assert found == key
        return self._event(key, asked.path, parameters, asked.query, who), asked.body

    def _event(self, key: str, path: str, parameters: Any, query: Any, who: str) -> Event:
        context = {"domainName": "api.example.com", "requestId": "r", "authorizer": user(who, who)}
        return {
            "routeKey": key,
            "rawPath": path,
            "pathParameters": parameters,
            "queryStringParameters": dict(query),
            "headers": {},
            "body": None,
            "isBase64Encoded": False,
            "requestContext": context,
        }

    def _ways(self, event: Event, body: Any) -> list[Callable[..., Any]]:
        ways = [self._query, self._query, self._header]
        if event["pathParameters"]:
            ways += [self._path, self._path]
        return ways if body is None else [*ways, self._field, self._field, self._field]

    def _path(self, random: Random, event: Event, body: Any, _spliced: Spliced) -> Any:
        """API Gateway matches no empty parameter."""
        name = random.choice(list(event["pathParameters"]))
        old = event["pathParameters"][name]
        changed = bent(random, old) if random.random() < 0.3 else text(random, self._known)
        event["pathParameters"] |= {name: changed or "x"}
        return body

    def _query(self, random: Random, event: Event, body: Any, _spliced: Spliced) -> Any:
        name = self._name(random, event)
        event["queryStringParameters"] |= {name: text(random, self._known)}
        return body

    def _header(self, random: Random, event: Event, body: Any, _spliced: Spliced) -> Any:
        event["headers"] |= {random.choice(HEADERS): text(random, self._known)}
        return body

    def _name(self, random: Random, event: Event) -> str:
        own = self._fields[event["routeKey"]]
        return random.choice(own if own and random.random() < 0.8 else field_names())

    def _field(self, random: Random, event: Event, body: Any, spliced: Spliced) -> Any:
        if not isinstance(body, dict | list) or random.random() < 0.08:
            return value(random, self._known, spliced)
        body = json.loads(json.dumps(body))
        inside = random.choice(list(_places(body)))
        if isinstance(inside, list):
            inside.insert(random.randrange(len(inside) + 1), value(random, self._known, spliced))
            return body
        name = random.choice([*inside, self._name(random, event)])
        if random.random() < 0.1:
            inside.pop(name, None)
        else:
            inside[name] = value(random, self._known, spliced)
        return body

    def _bytes(self, random: Random, event: Event) -> None:
        sent = (event["body"] or "").encode()
        at = random.randrange(len(sent) + 1)
        way = random.randrange(5)
        if way == 0:
            event["isBase64Encoded"] = True  # of what is none
        elif way == 1:
            sent = sent[:at] + random.randbytes(random.choice((1, 2, 20))) + sent[at:]
        elif way == 2:
            sent = sent[:at]
        elif way == 3:
            event["body"] = random.choice(RAW)
        else:
            sent = random.choice(
                (b"\xff\xfe", b"\xef\xbb\xbf{}", b"a=b", b"\x00", b"{}" * 100, b" " * 5_000_001)
            )
        if way in (1, 2, 4):
            event |= {"body": base64.b64encode(sent).decode(), "isBase64Encoded": True}


@cache
def field_names() -> tuple[str, ...]:
    """Of all bodies and queries of all dialects."""
    for module in walk_packages(dialects.__path__, "assetversions.dialects."):
        import_module(module.name)
    models = list(_below(BaseModel))
    ours = [model for model in models if model.__module__.startswith("assetversions.dialects.")]
    return (*_names(ours), "version")


def _names(models: Iterable[type[BaseModel]]) -> tuple[str, ...]:
    fields = {field.alias or name for one in models for name, field in one.model_fields.items()}
    return tuple(sorted(fields))


def _below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in model.__subclasses__():
        yield one
        yield from _below(one)


def _places(inside: Any) -> Iterator[Any]:
    """Every object and list in a body, itself first."""
    if isinstance(inside, dict | list):
        yield inside
        for below in inside.values() if isinstance(inside, dict) else inside:
            yield from _places(below)
