"""Names into persons: what is written about somebody is about them, not about who is called so later."""

from assetversions.domain.errors import Invalid
from assetversions.domain.policy import is_machine
from assetversions.domain.ports.services import Services


def person_of(services: Services, name: str, field: str) -> str:
    """Whom a name means now: a user of the pool, else a machine by its client id; Invalid for nobody."""
    user = services.users.find(name)
    if user is not None:
        return user.person
    if is_machine(name):
        return name
    raise Invalid(field, f"there is no user '{name}'.")
