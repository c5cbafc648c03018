"""Who calls: from the claims that API Gateway checked, or from what our own authorizer found."""

import json
from typing import TYPE_CHECKING, Any

from authz.identity import Identity, NoIdentity, SignIn, from_claims
from msgspec.structs import asdict

from assetversions.domain.errors import Busy, Unauthenticated
from assetversions.runtime import environment
from assetversions.runtime.stage import sign_in_at

if TYPE_CHECKING:
    from assetversions.dialects.common.route import Route

NOBODY = "Sign in: send an access token, or an API token where the route takes one."
_SCHEMES = ("bearer ", "token ")
NOT_BEARER = (
    "Sign in: this route takes an access token, as 'Authorization: Bearer …'. "
    "For API tokens there is another address, TokensApiUrl of the stack."
)


def sent(headers: dict[str, str]) -> str:
    """The credential in `Authorization`, with or without a scheme, else in `X-Api-Key`."""
    found = headers.get("authorization") or headers.get("x-api-key") or ""
    scheme = next((scheme for scheme in _SCHEMES if found.lower().startswith(scheme)), "")
    return found[len(scheme) :].strip()


def identity(event: dict[str, Any], route: "Route") -> Identity:
    """The caller; Unauthenticated for nobody. Where it is ours, the authorizer has found out who it is."""
    authorizer = event["requestContext"].get("authorizer") or {}
    if "lambda" in authorizer:
        found = from_context(authorizer["lambda"] or {})
        if not (route.token or sign_in_at(event) or _is_bearer_jwt(event, found)):
            raise Unauthenticated(NOT_BEARER)
        return found
    try:
        claims = authorizer.get("jwt", {}).get("claims", {})
        # VAMS's routes alone have the pool's own authorizer, and its web pages send ID tokens.
        return from_claims(claims, id_tokens=environment.takes_id_tokens())
    except NoIdentity as error:
        raise Unauthenticated(str(error)) from error


def _is_bearer_jwt(event: dict[str, Any], found: Identity) -> bool:
    sent = (event.get("headers") or {}).get("authorization", "")
    return found.kind != "token" and sent.lower().startswith("bearer ")


def to_context(caller: Identity) -> dict[str, str]:
    """An identity as the authorizer hands it on; API Gateway's access log takes the person out of it."""
    found = {"person": caller.person, "user": caller.user, "kind": caller.kind, "roles": sorted(caller.roles)}
    scopes = None if caller.scopes is None else sorted(caller.scopes)
    sign_in = None if caller.sign_in is None else asdict(caller.sign_in)
    identity = json.dumps(found | {"scopes": scopes, "sign_in": sign_in})
    return {"identity": identity, "person": caller.person}


def from_context(context: dict[str, Any]) -> Identity:
    """What `to_context` wrote; Unauthenticated with the authorizer's reason where it found nobody.

    Busy where it had no way to find out.
    """
    if "busy" in context:
        raise Busy(context["busy"])
    if "identity" not in context:
        raise Unauthenticated(context.get("problem", NOBODY))
    found = json.loads(context["identity"])
    scopes = None if found["scopes"] is None else frozenset(found["scopes"])
    roles = frozenset(found["roles"])
    sign_in = None if found["sign_in"] is None else SignIn(**found["sign_in"])
    return Identity(found["person"], found["user"], roles, found["kind"], scopes, sign_in)
