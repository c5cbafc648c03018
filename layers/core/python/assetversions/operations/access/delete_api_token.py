"""Revoke an API token: with its next request it is refused."""

from assetversions.domain.commands.access import DeleteApiToken
from assetversions.domain.policy import ApiToken
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Changed
from assetversions.engine.held_tokens import held, owner
from assetversions.engine.operation import operation
from assetversions.engine.policy_commit import change_policy


@operation(action="tokens")
def delete_api_token(command: DeleteApiToken, services: Services) -> Changed[ApiToken]:
    def decide() -> tuple[ApiToken, None]:
        return held(command.token_id, services), None

    return change_policy(services, "token", command.token_id, decide, owner(command.token_id))
