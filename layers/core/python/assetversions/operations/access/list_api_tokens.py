"""List the API tokens of a user: names and dates, never the tokens."""

from assetversions.domain import api_tokens
from assetversions.domain.commands.access import ListApiTokens
from assetversions.domain.errors import Forbidden
from assetversions.domain.policy import ApiToken
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Listing
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position
from assetversions.engine.people import person_of


@operation(action="tokens", writes=False)
def list_api_tokens(command: ListApiTokens, services: Services) -> Listing[ApiToken]:
    """The caller's; others' only for those who may change policy."""
    if command.everybody and services.guard.manages():
        return _all(command, services)
    person = _person(command.user, services)
    scope, now = f"tokens of {person}", services.now()
    tokens = services.policies.tokens(person, text_position(command.page, scope))
    alive = (one for one in tokens if one.expires_at > now and not (command.everybody and not _uuid(one)))
    return Listing(
        *cut(alive, command.page, scope, lambda one: one.token_id, lambda one: text_bytes(repr(one)))
    )


def _all(command: ListApiTokens, services: Services) -> Listing[ApiToken]:
    scope, now = "tokens of all", services.now()
    tokens = services.policies.all_tokens(text_position(command.page, scope))
    alive = (token for token in tokens if token.expires_at > now)
    return Listing(*cut(alive, command.page, scope, _uuid, lambda one: text_bytes(repr(one))))


def _uuid(token: ApiToken) -> str:
    return api_tokens.uuid(token.token_id) or ""


def _person(name: str | None, services: Services) -> str:
    if name is None or name == services.user:
        return services.person
    if not services.guard.manages():
        raise Forbidden("Only those who may change policy see the API tokens of others; leave out userId.")
    return person_of(services, name, "userId")
