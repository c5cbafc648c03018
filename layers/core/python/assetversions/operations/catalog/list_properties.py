"""List the properties that the assets of a database have: the keys of their metadata, with their types."""

from assetversions.domain.commands.catalog import ListProperties
from assetversions.domain.metadata import Property
from assetversions.domain.ports.services import Services
from assetversions.domain.results.catalog import PropertyPage
from assetversions.engine.lookup import find_database
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position

_FACTS_BYTES = 350


@operation(action="read")
def list_properties(command: ListProperties, services: Services) -> PropertyPage:
    """In order of key and type; one that no asset has any more stays listed."""
    database = find_database(services, command.database_id)
    scope = f"properties of {database.database_id}"
    after = text_position(command.page, scope)
    found = services.properties.all(database.database_id, after, command.page.size + 1)
    wanted = (one for one in found if command.numbers is None or one.number in command.numbers)
    shown, cursor = cut(wanted, command.page, scope, lambda one: one.place, _weigh)
    total = services.properties.count(database.database_id) if command.numbers is None else None
    return PropertyPage(database.database_id, shown, cursor, total)


def _weigh(one: Property) -> int:
    return _FACTS_BYTES + 2 * text_bytes(one.key)
