"""Who calls, from what the authorizer found."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from authz.identity import Identity, NoIdentity, SignIn

from assetversions.domain import api_tokens
from assetversions.domain.errors import Busy, Unauthenticated
from assetversions.runtime import holders

if TYPE_CHECKING:
    from assetversions.dialects.common.route import Route

NOBODY = "Sign in: send an access token, or an API token."
_SCHEMES = ("bearer ", "token ")


def sent(headers: dict[str, str]) -> str:
    """The credential in `Authorization`, with or without a scheme, else in `X-Api-Key`."""
    found = headers.get("authorization") or headers.get("x-api-key") or ""
    scheme = next((scheme for scheme in _SCHEMES if found.lower().startswith(scheme)), "")
    return found[len(scheme) :].strip()


def identity(event: dict[str, Any], route: "Route") -> Identity:
    """The caller; Unauthenticated for nobody.

    What API Gateway keeps of the authorizer proves no API token: that may have been revoked since.
    """
    credential = sent(event.get("headers") or {})
    if not route.own_401 and api_tokens.is_one(credential):
        try:
            return holders.holder(credential)[1]
        except NoIdentity as problem:
            raise Unauthenticated(str(problem)) from problem
    return from_context((event["requestContext"].get("authorizer") or {}).get("lambda") or {})


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
