"""List the properties that the assets of a database have: the keys of their metadata, with their types."""

from collections.abc import Iterator

from assetversions.domain.commands.catalog import ListProperties
from assetversions.domain.errors import TooLarge
from assetversions.domain.metadata import Property
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.services import Services
from assetversions.domain.results.catalog import PropertyPage
from assetversions.engine.authorize import attributes
from assetversions.engine.budget import Estimate, OverBudget
from assetversions.engine.lookup import find_database
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position

_FACTS_BYTES = 350
# In microseconds: the reads come one after the other.
LOOK = 10_000
_AT_ONCE = 1_000


@operation(action="read")
def list_properties(command: ListProperties, services: Services) -> PropertyPage:
    """In order of key and type; one that no asset has any more stays listed.

    Who may not read every asset sees those of the assets that they may read, and the number of these.
    TooLarge where it takes too many looks to find that out.
    """
    database = find_database(services, command.database_id)
    database_id, page = database.database_id, command.page
    scope = f"properties of {database_id}"
    after = text_position(page, scope)
    if command.numbers is None and services.guard.sees({"database_id": database_id}):
        found = services.properties.all(database_id, after, page.size + 1)
        total = services.properties.count(database_id)
    else:
        every = _every(command, services)
        found = iter([one for one in every if after is None or one.place > after])
        total = len(every)
    shown, cursor = cut(found, page, scope, lambda one: one.place, _weigh)
    return PropertyPage(database_id, shown, cursor, total)


def _every(command: ListProperties, services: Services) -> list[Property]:
    """What there is on all pages; it is read as a whole only where that tells how many there are."""
    if command.numbers is not None and not command.numbers:
        return []
    if services.guard.sees({"database_id": command.database_id}):
        return list(_wanted(command, services))
    return _readable(command, services)


def _wanted(command: ListProperties, services: Services) -> Iterator[Property]:
    found = services.properties.all(command.database_id, None, _AT_ONCE)
    return (one for one in found if command.numbers is None or one.number in command.numbers)


def _readable(command: ListProperties, services: Services) -> list[Property]:
    """Those that some asset has which the caller may read; each asset is looked at once."""
    estimate, known = Estimate(), dict[str, bool]()

    def may_read(asset_id: str) -> bool:
        if asset_id not in known:
            estimate.add(LOOK)
            asset = services.records.asset_called(AssetRef(command.database_id, asset_id))
            known[asset_id] = asset is not None and services.guard.allows("read", attributes(asset))
        return known[asset_id]

    def shown(one: Property) -> bool:
        estimate.add(LOOK)
        return any(map(may_read, services.properties.having(command.database_id, one)))

    try:
        return [one for one in _wanted(command, services) if shown(one)]
    except OverBudget as error:
        raise TooLarge(
            "There are too many properties and assets here to tell which you may see; ask who sees all."
        ) from error


def _weigh(one: Property) -> int:
    return _FACTS_BYTES + 2 * text_bytes(one.key)
