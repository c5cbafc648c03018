"""Moto tries several names for each kind of value of DynamoDB; most values can be told as they are."""

from typing import Any

from moto.core import serialize

PLAIN = {"S", "N", "BOOL", "NULL"}
SERIALIZER: Any = serialize.BaseJSONSerializer
_as_moto_does = SERIALIZER._serialize_type_structure


def as_it_is(serializer: Any, serialized: dict[str, Any], value: Any, shape: Any, key: str) -> None:
    """In place of moto's own, for a fifth of the time that a test takes."""
    if shape.name == "AttributeValue" and isinstance(value, dict) and value.keys() <= PLAIN:
        serialized[key] = dict(value)
    else:
        _as_moto_does(serializer, serialized, value, shape, key)
