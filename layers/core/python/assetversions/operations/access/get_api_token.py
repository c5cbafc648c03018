"""What is known of one API token, but for the token itself."""

from assetversions.domain.commands.access import GetApiToken
from assetversions.domain.policy import ApiToken
from assetversions.domain.ports.services import Services
from assetversions.engine.held_tokens import held
from assetversions.engine.operation import operation


@operation(action="tokens", writes=False)
def get_api_token(command: GetApiToken, services: Services) -> ApiToken:
    return held(command.token_id, services)
