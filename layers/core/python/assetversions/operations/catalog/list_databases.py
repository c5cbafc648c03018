"""List the databases that the caller may read."""

from assetversions.domain.commands.catalog import ListDatabases
from assetversions.domain.model import Database
from assetversions.domain.ports.services import Services
from assetversions.domain.results.catalog import DatabasePage
from assetversions.engine.authorize import attributes
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position

_SCOPE = "databases"
_FACTS_BYTES = 150


@operation(action="read")
def list_databases(command: ListDatabases, services: Services) -> DatabasePage:
    """By id; a page is full unless it is the last."""
    after = text_position(command.page, _SCOPE)
    databases = services.records.databases(after, command.page.size + 1)
    readable = (database for database in databases if services.guard.allows("read", attributes(database)))
    shown, cursor = cut(readable, command.page, _SCOPE, lambda database: database.database_id, _weigh)
    return DatabasePage(shown, cursor)


def _weigh(database: Database) -> int:
    return _FACTS_BYTES + text_bytes(database.description)
