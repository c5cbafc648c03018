"""Whose API tokens somebody has to do with, and how long one may live: the same for all that changes them."""

from datetime import datetime, timedelta

from assetversions.domain import api_tokens
from assetversions.domain.errors import Invalid, NotFound
from assetversions.domain.policy import ApiToken
from assetversions.domain.ports.services import Services


def held(token_id: str, services: Services) -> ApiToken:
    """One's own; another user's is NotFound except for those who may change policy."""
    token = services.policies.token(token_id)
    if token is None or (token.person != services.person and not services.guard.manages()):
        raise NotFound("API token", token_id)
    return token


def owner(token_id: str) -> str:
    """Whose list it is in, if it is in any."""
    person = api_tokens.person(token_id)
    if person is None:
        raise NotFound("API token", token_id)
    return person


def ending(until: datetime, now: datetime, most: int) -> datetime:
    """Invalid for what is over, and for what is further off than the stage allows."""
    if not now < until <= now + timedelta(days=most):
        raise Invalid("expiresAt", f"must be in the future, and {most} days off at most.")
    return until
