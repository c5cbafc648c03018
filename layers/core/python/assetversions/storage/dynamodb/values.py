"""Plain Python values in place of DynamoDB's own, as with boto3's resources, which are slow to import."""

from collections.abc import Callable, Mapping, Set
from decimal import Clamped, Context, Decimal, Inexact, Overflow, Rounded, Underflow
from typing import Any

# A number that DynamoDB would round is refused.
_EXACT = Context(prec=38, Emin=-128, Emax=126, traps=[Clamped, Overflow, Inexact, Rounded, Underflow])

Typed = dict[str, Any]


def speak_plainly(client: Any) -> None:
    """From now on this client of DynamoDB takes and gives plain values."""
    client.meta.events.register("provide-client-params.dynamodb", _ask)
    client.meta.events.register("after-call.dynamodb", _hear)


def _ask(params: Typed, model: Any, **_more: object) -> Typed:
    asked: Typed = _changed(model.input_shape, params, typed)
    return asked


def _hear(parsed: Typed, model: Any, **_more: object) -> None:
    parsed |= _changed(model.output_shape, parsed, plain)


def _changed(shape: Any, value: Any, change: Callable[[Any], Any]) -> Any:
    """The same with each value in it changed; what the shape does not know is for botocore to tell."""
    if shape.name == "AttributeValue":
        return change(value)
    if shape.type_name == "structure" and isinstance(value, Mapping):
        members = shape.members
        return {
            name: _changed(members[name], one, change) if name in members else one
            for name, one in value.items()
        }
    if shape.type_name == "map" and isinstance(value, Mapping):
        return {name: _changed(shape.value, one, change) for name, one in value.items()}
    if shape.type_name == "list" and isinstance(value, list | tuple):
        return [_changed(shape.member, one, change) for one in value]
    return value


def typed(value: object) -> Typed:  # noqa: C901 (a row for each type)
    match value:
        case None:
            return {"NULL": True}
        case bool():
            return {"BOOL": value}
        case str():
            return {"S": value}
        case int() | Decimal():
            return {"N": _spelled(value)}
        case bytes():
            return {"B": value}
        case list() | tuple():
            return {"L": [typed(one) for one in value]}
        case Mapping():
            return {"M": {name: typed(one) for name, one in value.items()}}
        case Set():
            return _typed_set(value)
    raise TypeError(f"DynamoDB keeps no {type(value).__name__}.")


def _spelled(value: int | Decimal) -> str:
    number = _EXACT.create_decimal(value)
    if not number.is_finite():
        raise TypeError(f"DynamoDB keeps no {number}.")
    return str(number)


def _typed_set(some: Set[object]) -> Typed:
    held = [typed(one) for one in some]
    kinds = {kind for one in held for kind in one}
    if len(kinds) != 1 or not kinds <= {"S", "N", "B"}:
        raise TypeError("A set of DynamoDB has texts alone, numbers alone or bytes alone, and is not empty.")
    (kind,) = kinds
    return {f"{kind}S": [one[kind] for one in held]}


def plain(value: Typed) -> Any:
    ((kind, held),) = value.items()
    match kind:
        case "S" | "BOOL" | "B":
            return held
        case "N":
            return _EXACT.create_decimal(held)
        case "NULL":
            return None
        case "L":
            return [plain(one) for one in held]
        case "M":
            return {name: plain(one) for name, one in held.items()}
        case "SS" | "BS":
            return set(held)
        case "NS":
            return set(map(_EXACT.create_decimal, held))
    raise TypeError(f"DynamoDB has no type {kind}.")
