"""Revoke an API token: with its next request it is refused."""

from assetversions.domain.commands.access import DeleteApiToken
from assetversions.domain.policy import ApiToken
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Changed
from assetversions.engine.api_tokens import held
from assetversions.engine.operation import operation
from assetversions.engine.policy_commit import change_policy


@operation(action="tokens")
def delete_api_token(command: DeleteApiToken, services: Services) -> Changed[ApiToken]:
    """One's own; another user's is NotFound except for those who may change policy."""
    found = held(services, command.token_id)

    def decide() -> tuple[ApiToken, None]:
        return held(services, found.token_id), None

    return change_policy(services, "token", found.token_id, decide, found.person)
