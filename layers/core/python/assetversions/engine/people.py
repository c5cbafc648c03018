"""Names into persons: what is written about somebody is about them, not about who is called so later."""

import re

from assetversions.domain.errors import Invalid
from assetversions.domain.ports.services import Services

# As Cognito makes them for its clients.
_CLIENT_ID = re.compile(r"[A-Za-z0-9]{26}")


def person_of(services: Services, name: str, field: str) -> str:
    """Whom a name means now: a user of the pool, else a machine by its client id; Invalid for nobody."""
    user = services.users.find(name)
    if user is not None:
        return user.person
    if _CLIENT_ID.fullmatch(name):
        return name
    raise Invalid(field, f"there is no user '{name}'.")
