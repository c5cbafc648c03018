"""No rule of AWS: what the emulator works out anew for each request, though it can't change, once."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from ministack.core import iam_evaluator
from ministack.services import apigateway, dynamodb

from local.strict.patching import wrap

MANY = 10_000


def apply() -> None:
    iam_evaluator.parse_policy_document = each_policy_is_read_once(iam_evaluator.parse_policy_document)
    wrap(apigateway, "_path_matches", few_routes_are_tried)
    dynamodb._condition_syntax_error = lru_cache(MANY)(dynamodb._condition_syntax_error)


def each_policy_is_read_once(parse: Callable[[Any], list[Any]]) -> Callable[[Any], list[Any]]:
    """The policies of a role are read for every call; nobody changes what was read."""
    known = lru_cache(MANY)(parse)

    def read(doc: Any) -> list[Any]:
        return list(known(doc)) if isinstance(doc, str) else parse(doc)

    return read


def few_routes_are_tried(matches: Callable[[str, str], bool], route_path: str, request_path: str) -> bool:
    """Those whose first words the path has, and as many parts where no part of theirs stands for several."""
    if not request_path.startswith(route_path.partition("{")[0]):
        return False
    as_many = "+}" in route_path or route_path.count("/") == request_path.count("/")
    return as_many and matches(route_path, request_path)
