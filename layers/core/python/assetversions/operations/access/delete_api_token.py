"""Revoke an API token: with its next request it is refused."""

from assetversions.domain import api_tokens
from assetversions.domain.commands.access import DeleteApiToken
from assetversions.domain.errors import NotFound
from assetversions.domain.policy import ApiToken
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Changed
from assetversions.engine.operation import operation
from assetversions.engine.policy_commit import change_policy


@operation(action="tokens")
def delete_api_token(command: DeleteApiToken, services: Services) -> Changed[ApiToken]:
    """One's own; another user's is NotFound except for those who may change policy."""

    def decide() -> tuple[ApiToken, None]:
        before = services.policies.token(command.token_id)
        if before is None or (before.person != services.person and not services.guard.manages()):
            raise NotFound("API token", command.token_id)
        return before, None

    person = api_tokens.person(command.token_id)
    if person is None:
        raise NotFound("API token", command.token_id)
    return change_policy(services, "token", command.token_id, decide, person)
