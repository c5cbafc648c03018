"""Names into persons: what is written about somebody is about them, not about who is called so later."""

from assetversions.domain.errors import Invalid
from assetversions.domain.model import Asset
from assetversions.domain.policy import is_machine
from assetversions.domain.ports.services import Services
from assetversions.domain.subscriptions import Subscriber
from assetversions.engine.authorize import attributes


def person_of(services: Services, name: str, field: str) -> str:
    """Whom a name means now: a user of the pool, else a machine by its client id; Invalid for nobody."""
    user = services.users.find(name)
    if user is not None:
        return user.person
    if is_machine(name):
        return name
    raise Invalid(field, f"there is no user '{name}'; name one of the user pool.")


def reader(services: Services, asset: Asset, name: str) -> Subscriber:
    """Who is to be told of an asset; Invalid for one who may not read it, be there such a user or not."""
    user = services.users.find(name)
    if user is None or not services.guard.reads(user, attributes(asset)):
        told = f"'{name}' is no user who may read this asset; a role that requires MFA does not count."
        raise Invalid("subscribers", told)
    return Subscriber(user.person, user.name)
