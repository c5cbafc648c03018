"""One public route: the shape that CDK, the local system, the documents and the tests loop over."""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from assetversions.dialects.common.http import Reply, Request
from assetversions.domain.errors import Invalid

# A result, and the request for what a reply repeats of it, such as its own address.
Encode = Callable[..., Reply]


class Route(Struct, frozen=True):
    """`key` is API Gateway's route key; `operation` names the operation, its Lambda and its folder.

    `error` turns any exception into the dialect's own reply. `open` routes need no sign-in; `token` routes
    take an API token (`Authorization: Token …`, `X-Api-Key: …`) beside a Bearer JWT; `own_401` ones take a
    Bearer JWT alone, and refuse anything else in the dialect's own words, not in API Gateway's; `users_only`
    ones serve users only: a machine has to name the one that it acts for.
    """

    key: str
    operation: str
    decode: Callable[[Request], Any]
    encode: Encode
    error: Callable[[Exception], Reply]
    open: bool = False
    token: bool = False
    own_401: bool = False
    users_only: bool = False

    def command(self, request: Request) -> Any:
        """What the request asks for; Invalid for a precondition that it does not look at."""
        command = self.decode(request)
        heeded = hasattr(command, "expected_rev") or reads(self.key)
        if "if-match" in request.headers and not heeded:
            raise Invalid("If-Match", "can't be heeded by this request; leave it out.")
        return command

    @property
    def lambda_authorizer(self) -> bool:
        """Whether our own authorizer looks at the credential, not API Gateway's."""
        return self.token or self.own_401


def reads(key: str) -> bool:
    """Whether the method of a route key can't change anything."""
    return key.startswith(("GET ", "HEAD "))


def bare(encode: Callable[[Any], Reply]) -> Encode:
    """An encoder whose reply has nothing of the request in it."""
    return lambda result, _request=None: encode(result)
