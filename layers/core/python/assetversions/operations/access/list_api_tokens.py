"""List the API tokens of a user: names and dates, never the tokens."""

from assetversions.domain.commands.access import ListApiTokens
from assetversions.domain.errors import Forbidden
from assetversions.domain.policy import ApiToken
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Listing
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position


@operation(action="tokens", writes=False)
def list_api_tokens(command: ListApiTokens, services: Services) -> Listing[ApiToken]:
    """The caller's; another user's only for those who may change policy."""
    user = command.user or services.user
    if user != services.user and not services.guard.manages():
        raise Forbidden("Only those who may change policy see the API tokens of others.")
    scope = f"tokens of {user}"
    tokens = services.policies.tokens(text_position(command.page, scope))
    own = (token for token in tokens if token.user == user)
    return Listing(
        *cut(own, command.page, scope, lambda one: one.token_id, lambda one: text_bytes(repr(one)))
    )
