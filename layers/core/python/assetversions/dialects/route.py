"""One public route: the shape that CDK, the local system, the documents and the tests loop over."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from assetversions.dialects.http import Reply, Request


@dataclass(frozen=True)
class Route:
    """`key` is API Gateway's route key; `operation` names the operation, its Lambda and its folder.

    `error` turns any exception into the dialect's own reply. `open` routes need no sign-in; `token` routes
    take an API token (`Authorization: Token …`, `X-Api-Key: …`) beside a Bearer JWT.
    """

    key: str
    operation: str
    decode: Callable[[Request], Any]
    encode: Callable[[Any], Reply]
    error: Callable[[Exception], Reply]
    open: bool = False
    token: bool = False
