"""Change what is said of an API token, when it ends, and whether it is taken meanwhile."""

from dataclasses import replace
from typing import Any

from assetversions.domain.commands.access import UpdateApiToken
from assetversions.domain.policy import ApiToken
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Changed
from assetversions.engine.held_tokens import ending, held, owner
from assetversions.engine.operation import operation
from assetversions.engine.policy_commit import change_policy


@operation(action="tokens")
def update_api_token(command: UpdateApiToken, services: Services) -> Changed[ApiToken]:
    """One that is off is refused with its next request, until it is on again."""
    now = services.now()
    changes: dict[str, Any] = {}
    if command.description is not None:
        changes["description"] = command.description
    if command.active is not None:
        changes["active"] = command.active
    if command.until is not None:
        changes["expires_at"] = ending(command.until, now, services.token_days)

    def decide() -> tuple[ApiToken, ApiToken]:
        before = held(command.token_id, services)
        after = replace(before, **changes)
        return before, before if after == before else replace(after, updated_at=now)

    return change_policy(services, "token", command.token_id, decide, owner(command.token_id))
