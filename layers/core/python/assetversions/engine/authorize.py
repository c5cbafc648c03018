"""Ask the guard about a thing: what rules may know of it, and the refusal."""

from assetversions.domain.errors import Forbidden
from assetversions.domain.model import Asset, Database, State
from assetversions.domain.ports.services import Services


def attributes(thing: Asset | Database) -> dict[str, object]:
    """What rules may ask about a thing."""
    if isinstance(thing, Database):
        return {"database_id": thing.database_id}
    return {
        "database_id": thing.ref.database_id,
        "asset_id": thing.ref.public_id,
        "asset_name": thing.name,
        "asset_type": thing.asset_type,
        "tags": thing.tags,
        "owner": thing.owner,
        "state": State.PUBLISHED if thing.published else State.DRAFT,
        "versions": str(thing.remaining),
    }


def require(services: Services, action: str, thing: Asset | Database) -> None:
    """Forbidden unless a rule lets the caller do `action` to this thing."""
    facts = attributes(thing)
    if not services.guard.allows(action, facts):
        raise Forbidden(f"You are not allowed to {action} here.", services.guard.decider(action, facts))
