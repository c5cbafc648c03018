"""Whose an API token is: by the table and the pool of this moment, for it never has more than its person."""

from authz.identity import Identity, NoIdentity

from assetversions.domain import api_tokens
from assetversions.domain.policy import ApiToken
from assetversions.runtime import wiring

_REFUSED = "The API token is not valid, or no longer."


def holder(credential: str) -> tuple[ApiToken, Identity]:
    """NoIdentity for what is none, or no longer."""
    token_id = api_tokens.token_id(credential)
    token = None if token_id is None else wiring.policies().token(token_id)
    if token is None or not api_tokens.matches(credential, token.digest) or token.expires_at <= wiring.now():
        raise NoIdentity(_REFUSED)
    user = wiring.users().find(token.user)
    # Another one may be called so by now.
    if user is None or user.person != token.person:
        raise NoIdentity(_REFUSED)
    return token, Identity(user.person, user.name, user.groups, "token", token.scopes)
