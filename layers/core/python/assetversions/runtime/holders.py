"""Whose a token is that is no access token, by the table and the pool of this moment."""

from dataclasses import replace

from authz.identity import Identity, NoIdentity

from assetversions.domain import api_tokens
from assetversions.domain.policy import ApiToken
from assetversions.runtime import wiring

_REFUSED = "The token is not valid, or no longer."


def holder(credential: str) -> tuple[ApiToken, Identity]:
    """NoIdentity for what is none, or no longer."""
    token_id = api_tokens.token_id(credential)
    token = None if token_id is None else wiring.policies().token(token_id)
    if token is None or not api_tokens.matches(credential, token.digest):
        raise NoIdentity(_REFUSED)
    if not token.active or token.expires_at <= wiring.now():
        raise NoIdentity(_REFUSED)
    return token, still(Identity(token.person, token.user, frozenset(), "token", token.scopes))


def still(identity: Identity) -> Identity:
    """With the groups of this moment; NoIdentity for one who is disabled or gone."""
    user = wiring.users().find(identity.user)
    # Another one may be called so by now.
    if user is None or user.person != identity.person:
        raise NoIdentity(_REFUSED)
    return replace(identity, roles=user.groups)
