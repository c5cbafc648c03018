"""DynamoDB's conditions and updates: so much of the language as the product speaks, and no more."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

Item = dict[str, Any]
TOKEN = re.compile(r"\s*(<>|<=|>=|[=<>(),]|[#:]?\w+(?:\.#?\w+)*)")
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda left, right: left == right,
    "<>": lambda left, right: left != right,
    "<": lambda left, right: left is not None and left < right,
    "<=": lambda left, right: left is not None and left <= right,
    ">": lambda left, right: left is not None and left > right,
    ">=": lambda left, right: left is not None and left >= right,
}
# Decides about an item, with the names and values of the request.
Test = Callable[[Item, "Given"], bool]


class Given:
    """The names and values of a request; every one has to be used, as DynamoDB demands."""

    def __init__(self, request: Mapping[str, Any]) -> None:
        self._names = request.get("ExpressionAttributeNames", {})
        self._values = request.get("ExpressionAttributeValues", {})
        texts = " ".join(str(value) for name, value in request.items() if name.endswith("Expression"))
        used = set(re.findall(r"[#:]\w+", texts))
        assert used == {*self._names, *self._values}, f"{used} are not those given"

    def path(self, token: str) -> list[str]:
        """`#a.#b` is b of a."""
        return [str(self._names[part]) if part.startswith("#") else part for part in token.split(".")]

    def name(self, token: str) -> str:
        (name,) = self.path(token)
        return name

    def value(self, item: Item, token: str) -> Any:
        if token.startswith(":"):
            return self._values[token]
        found: Any = item
        for name in self.path(token):
            found = found.get(name) if isinstance(found, dict) else None
        return found


def holds(item: Item | None, request: Mapping[str, Any], given: Given) -> bool:
    condition = request.get("ConditionExpression")
    return condition is None or _condition(condition)(item or {}, given)


def updated(item: Item, request: Mapping[str, Any], given: Given) -> Item:
    """The item with what the update sets, adds, takes out of sets and removes."""
    item = dict(item)
    clauses = re.split(r"\b(SET|ADD|DELETE|REMOVE)\b", request["UpdateExpression"])
    for kind, text in zip(clauses[1::2], clauses[2::2], strict=True):
        for part in text.split(","):
            _CLAUSES[kind](item, part.replace("=", " ").split(), given)
    return item


def _set(item: Item, words: list[str], given: Given) -> None:
    *above, name = given.path(words[0])
    inside = item
    for one in above:
        inside[one] = inside = dict(inside[one])
    inside[name] = given.value(item, words[1])


def _add(item: Item, words: list[str], given: Given) -> None:
    target, added = given.name(words[0]), given.value(item, words[1])
    if isinstance(added, set):
        item[target] = item.get(target, set()) | added
    else:
        item[target] = item.get(target, 0) + added


def _delete(item: Item, words: list[str], given: Given) -> None:
    """A set that has nothing left is no longer there."""
    target = given.name(words[0])
    left = item.pop(target, set()) - given.value(item, words[1])
    if left:
        item[target] = left


def _remove(item: Item, words: list[str], given: Given) -> None:
    item.pop(given.name(words[0]), None)


_CLAUSES = {"SET": _set, "ADD": _add, "DELETE": _delete, "REMOVE": _remove}


@cache
def _condition(text: str) -> Test:
    tokens = TOKEN.findall(text)
    assert "".join(tokens) == re.sub(r"\s", "", text), f"{text} can't be read"
    test, rest = _either(tokens)
    assert not rest, f"{text} can't be read behind {rest}"
    return test


def _either(tokens: list[str]) -> tuple[Test, list[str]]:
    left, rest = _both(tokens)
    while rest[:1] == ["OR"]:
        first = left
        second, rest = _both(rest[1:])
        left = _or(first, second)
    return left, rest


def _both(tokens: list[str]) -> tuple[Test, list[str]]:
    left, rest = _single(tokens)
    while rest[:1] == ["AND"]:
        second, rest = _single(rest[1:])
        left = _and(left, second)
    return left, rest


def _or(one: Test, other: Test) -> Test:
    return lambda item, given: one(item, given) or other(item, given)


def _and(one: Test, other: Test) -> Test:
    return lambda item, given: one(item, given) and other(item, given)


def _single(tokens: list[str]) -> tuple[Test, list[str]]:
    if tokens[0] == "NOT":
        test, rest = _single(tokens[1:])
        return (lambda item, given: not test(item, given)), rest
    if tokens[0] == "(":
        test, rest = _either(tokens[1:])
        assert rest[0] == ")"
        return test, rest[1:]
    if tokens[1] == "(":
        close = tokens.index(")")
        return _function(tokens[0], tokens[2:close:2]), tokens[close + 1 :]
    name, operator = tokens[:2]
    if operator == "IN":
        close = tokens.index(")")
        allowed = tokens[3:close:2]
        return _is_in(name, allowed), tokens[close + 1 :]
    compare, other = COMPARE[operator], tokens[2]
    return (lambda item, given: compare(given.value(item, name), given.value(item, other))), tokens[3:]


def _is_in(name: str, allowed: list[str]) -> Test:
    return lambda item, given: given.value(item, name) in [given.value(item, one) for one in allowed]


def _function(function: str, words: list[str]) -> Test:
    if function == "attribute_exists":
        return lambda item, given: given.name(words[0]) in item
    if function == "attribute_not_exists":
        return lambda item, given: given.name(words[0]) not in item
    if function == "begins_with":
        return lambda item, given: str(given.value(item, words[0])).startswith(given.value(item, words[1]))
    assert function == "contains", f"{function} is not known here"
    return lambda item, given: given.value(item, words[1]) in (given.value(item, words[0]) or ())
