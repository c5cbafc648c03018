"""What operations on API tokens share: whose they are to see, and until when one may live."""

from datetime import datetime, timedelta

from assetversions.domain import api_tokens
from assetversions.domain.errors import Invalid, NotFound
from assetversions.domain.policy import ApiToken
from assetversions.domain.ports.services import Services


def held(services: Services, token_id: str) -> ApiToken:
    """One's own, and for those who may change policy anybody's; NotFound for all else, as for none."""
    found = services.policies.token(token_id)
    theirs = found is not None and (found.person == services.person or services.guard.manages())
    if found is None or not theirs or found.expires_at <= services.now():
        raise NotFound("API key" if api_tokens.uuid(token_id) == token_id else "API token", token_id)
    return found


def checked_end(services: Services, at: datetime) -> datetime:
    """A moment to come, and no later than the stage allows."""
    if at <= services.now():
        raise Invalid("expiresAt", "must be in the future: a date alone means its beginning, in UTC.")
    if at > services.now() + timedelta(days=services.token_days):
        raise Invalid("expiresAt", f"must be within {services.token_days} days.")
    return at
