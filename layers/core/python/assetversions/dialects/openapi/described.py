"""What the document says of a route beside its key and its row in `ROUTES`."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field
from pydantic import BaseModel

from assetversions.dialects.common.schema import Schema

Model = type[BaseModel]
JSON = "application/json"


class Described(Struct, frozen=True):
    """`reply` is the body of success, None for none; `also` has the bodies of other good statuses.

    `query` and `body` are the models that the decoder reads; of several bodies all are read `together`, or
    else it is one of them. Of what is no JSON `kinds` are the media types. `prefers` says that
    `Prefer: respond-async` is heeded; `facts` are parameters that no model has, in OpenAPI's words. It is
    `called` as its decoder, unless several routes share that.
    """

    reply: Schema | None
    query: Model | tuple[Model, ...] = ()
    body: tuple[Model, ...] = ()
    status: int = 200
    also: Mapping[int, Schema | None] = field(default_factory=dict)
    together: bool = False
    kinds: tuple[str, ...] = (JSON,)
    prefers: bool = False
    facts: tuple[Mapping[str, Any], ...] = ()
    called: str = ""

    @property
    def queries(self) -> tuple[Model, ...]:
        return self.query if isinstance(self.query, tuple) else (self.query,)

    @property
    def replies(self) -> Mapping[int, Schema | None]:
        """By status, all that are no refusal."""
        return {self.status: self.reply, **self.also}


class Refusals(Struct, frozen=True):
    """How the errors of a function that words them look; `prefix` tells their names from others'."""

    schema: Schema
    kind: str = JSON
    prefix: str = ""


class Meaning(Struct, frozen=True):
    """What a parameter is for, and a value of it where its schema shows none."""

    words: str
    example: str | None = None


class Api(Struct, frozen=True):
    """A public API as its document has it: `paths` has the parameters of its paths, `meanings` what those of
    its paths and queries mean, `refusals` the errors by the module of the function that words them."""

    name: str
    title: str
    routes: Mapping[str, Described]
    refusals: Mapping[str, Refusals]
    paths: Mapping[str, Schema]
    meanings: Mapping[str, Meaning]
