"""What a document keeps under a name: schemas, and the models that pydantic describes."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from assetversions.dialects.common.schema import Named, Schema

SCHEMAS = "#/components/schemas/"
# A title that repeats a field's name, and a text for who reads our code.
NOISE = {"title", "description"}


class Components:
    """`prefix` tells the names of one API from those of the others in the same document."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self.schemas: dict[str, Schema] = {}
        self._given: dict[str, Schema] = {}

    def refer(self, schema: Schema) -> Schema:
        """The schema as it stands in the document: what has a name is referred to."""
        if isinstance(schema, Named):
            self._keep(schema.name, schema)
            return {"$ref": f"{SCHEMAS}{self._prefix}{schema.name}"}
        inside: Schema = self._inside(schema)
        return inside

    def model(self, model: type[BaseModel]) -> Schema:
        """A reference to what pydantic says of a model."""
        said = described(model)
        for name, inner in said.pop("$defs", {}).items():
            self._keep(name, inner)
        self._keep(model.__name__, said)
        return {"$ref": f"{SCHEMAS}{self._prefix}{model.__name__}"}

    def fields(self, model: type[BaseModel]) -> Schema:
        """The fields of a model by the names that callers use."""
        said = described(model)
        for name, inner in said.pop("$defs", {}).items():
            self._keep(name, inner)
        inside: Schema = self._inside(said)
        return inside

    def _keep(self, name: str, schema: Schema) -> None:
        """A name stands for one thing; what it stands for may hold itself."""
        if name in self._given:
            if self._given[name] != schema:
                raise ValueError(f"Two schemas are called {name}.")
            return
        self._given[name] = schema
        self.schemas[f"{self._prefix}{name}"] = self._inside(schema)

    def _inside(self, schema: Any) -> Any:
        if isinstance(schema, dict):
            return {name: self._within(name, inner) for name, inner in schema.items()}
        return [self.refer(one) for one in schema] if isinstance(schema, list) else schema

    def _within(self, name: str, inner: Any) -> Any:
        if name == "$ref":
            return f"{SCHEMAS}{self._prefix}{inner.rpartition('/')[2]}"
        return self.refer(inner) if isinstance(inner, dict) else self._inside(inner)


def described(model: type[BaseModel]) -> Schema:
    said: Schema = _quiet(model.model_json_schema())
    return said


def _quiet(said: Any, *, names: bool = False) -> Any:
    """Without noise; where `names` are of fields, one may be called like it."""
    if isinstance(said, Mapping):
        return {
            name: _quiet(inner, names=name in {"properties", "$defs"} and not names)
            for name, inner in said.items()
            if names or name not in NOISE
        }
    return [_quiet(one) for one in said] if isinstance(said, list) else said
