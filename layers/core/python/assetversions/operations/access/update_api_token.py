"""Change what is said of an API token, when it ends, and whether it is taken at all."""

from typing import Any

from msgspec.structs import replace

from assetversions.domain.commands.access import UpdateApiToken
from assetversions.domain.policy import ApiToken
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Changed
from assetversions.engine.api_tokens import checked_end, held
from assetversions.engine.operation import operation
from assetversions.engine.policy_commit import change_policy


@operation(action="tokens")
def update_api_token(command: UpdateApiToken, services: Services) -> Changed[ApiToken]:
    """One's own; another user's is NotFound except for those who may change policy."""
    found = held(services, command.token_id)
    said: dict[str, Any] = {
        "description": command.description,
        "active": command.active,
        "expires_at": command.expires_at and checked_end(services, command.expires_at),
    }
    changes = {name: value for name, value in said.items() if value is not None}

    def decide() -> tuple[ApiToken, ApiToken]:
        before = held(services, found.token_id)
        after = replace(before, **changes)
        return before, before if after == before else replace(after, updated_at=services.now())

    return change_policy(services, "token", found.token_id, decide, found.person)
