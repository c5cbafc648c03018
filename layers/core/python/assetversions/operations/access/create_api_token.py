"""Make an API token: a credential of one user, for scripts and tools."""

from datetime import datetime, timedelta
from typing import Never

from assetversions.domain import api_tokens
from assetversions.domain.commands.access import CreateApiToken
from assetversions.domain.errors import Conflict, Forbidden, Invalid
from assetversions.domain.policy import ApiToken, User
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Changed, NewToken
from assetversions.engine.api_tokens import checked_end
from assetversions.engine.operation import operation
from assetversions.engine.policy_commit import change_policy

MAX_TOKENS = 50
DEFAULT_DAYS = 90


def _untold(_command: CreateApiToken, done: Changed[ApiToken], _services: Services) -> Never:
    raise Conflict(
        f"The first request with this key made API token '{done.thing.token_id}', which is told that once. "
        "Revoke it if its answer was lost, and make another one with another key."
    )


@operation(action="tokens", again=_untold)
def create_api_token(command: CreateApiToken, services: Services) -> NewToken:
    """For oneself; for another user only by those who may change policy. The token is told this once."""
    name = command.user or services.user
    if name != services.user and not services.guard.manages():
        raise Forbidden("Only those who may change policy make API tokens for others; make one for yourself.")
    user, now, end = _user(name, command, services), services.now(), _end(command, services)
    drawn = api_tokens.draw(user.person, as_vams=command.as_vams)
    token = ApiToken(
        token_id=drawn.token_id,
        digest=api_tokens.digest(drawn.token),
        name=command.name,
        person=user.person,
        user=user.name,
        scopes=command.scopes,
        created_at=now,
        created_by=services.user,
        expires_at=end,
        description=command.description,
    )

    def decide() -> tuple[None, ApiToken]:
        held = [one for one in services.policies.tokens(token.person) if one.expires_at > now]
        if command.as_vams and token.name in {one.name for one in held}:
            raise Invalid("apiKeyName", f"'{token.name}' is taken: '{token.user}' has a token of that name.")
        if len(held) >= MAX_TOKENS:
            raise Conflict(f"'{token.user}' has {MAX_TOKENS} API tokens, and that is the most: revoke one.")
        return None, token

    change_policy(services, "token", token.token_id, decide, token.person)
    return NewToken(token, drawn.token)


def _user(name: str, command: CreateApiToken, services: Services) -> User:
    user = services.users.find(name)
    if user is None or (name == services.user and user.person != services.person):
        raise Invalid("userId", f"there is no user '{name}'; name one of the user pool.")
    membership = services.policies.membership(user.person) if command.as_vams and not user.groups else None
    if command.as_vams and not (user.groups or (membership and membership.roles)):
        raise Invalid("userId", f"'{name}' has no role: give them one first, with POST /user-roles.")
    return user


def _end(command: CreateApiToken, services: Services) -> datetime:
    if command.expires_at is not None:
        return checked_end(services, command.expires_at)
    most = services.token_days
    days = min(DEFAULT_DAYS, most) if command.days is None else command.days
    if days > most:
        raise Invalid("expiresInDays", f"must be {most} at most.")
    return services.now() + timedelta(days=days)
