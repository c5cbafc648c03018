"""What is known of one API token: its name, its dates, never the token."""

from assetversions.domain.commands.access import GetApiToken
from assetversions.domain.policy import ApiToken
from assetversions.domain.ports.services import Services
from assetversions.engine.api_tokens import held
from assetversions.engine.operation import operation


@operation(action="tokens", writes=False)
def get_api_token(command: GetApiToken, services: Services) -> ApiToken:
    """One's own; another user's is NotFound except for those who may change policy."""
    return held(services, command.token_id)
