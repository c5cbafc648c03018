"""Make an API token: a credential of one user, for scripts and tools."""

from datetime import timedelta
from typing import Never

from assetversions.domain import api_tokens
from assetversions.domain.commands.access import CreateApiToken
from assetversions.domain.errors import Conflict, Forbidden, Invalid
from assetversions.domain.policy import ApiToken
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Changed, NewToken
from assetversions.engine.operation import operation
from assetversions.engine.policy_commit import change_policy


def _untold(_command: CreateApiToken, done: Changed[ApiToken], _services: Services) -> Never:
    raise Conflict(
        f"The first request with this key made API token '{done.thing.token_id}', which is told that once. "
        "Revoke it if its answer was lost, and make another one with another key."
    )


@operation(action="tokens", again=_untold)
def create_api_token(command: CreateApiToken, services: Services) -> NewToken:
    """For oneself; for another user only by those who may change policy. The token is told this once."""
    user = command.user or services.user
    if user != services.user and not services.guard.manages():
        raise Forbidden("Only those who may change policy make API tokens for others.")
    if services.users.find(user) is None:
        raise Invalid("userId", f"there is no user '{user}'.")
    drawn = api_tokens.draw()
    now = services.now()
    token = ApiToken(
        token_id=drawn.token_id,
        digest=api_tokens.digest(drawn.token),
        name=command.name,
        user=user,
        scopes=command.scopes,
        created_at=now,
        created_by=services.user,
        expires_at=now + timedelta(days=command.days),
    )
    change_policy(services, "token", token.token_id, lambda: (None, token))
    return NewToken(token, drawn.token)
