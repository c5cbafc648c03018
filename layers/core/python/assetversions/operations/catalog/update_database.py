"""Change what a database says about itself and asks of the files in it."""

from typing import Any

from msgspec.structs import replace

from assetversions.domain.commands.catalog import UpdateDatabase
from assetversions.domain.model import Database
from assetversions.domain.ports.services import Services
from assetversions.engine.authorize import require
from assetversions.engine.lookup import check_bucket, find_database
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation


@operation(action="update")
def update_database(command: UpdateDatabase, services: Services) -> Database:
    """As it is then; what is not given stays. Files that are there already stay, too, in the bucket there is.

    Who lets versions or assets make themselves must be allowed to create them.
    """
    check_bucket(services, command.bucket)
    before = find_database(services, command.database_id)
    require(services, "update", before)
    if command.auto_version is not None or command.auto_create_assets is not None:
        require(services, "create", before)
    given: dict[str, Any] = {
        "description": command.description,
        "extensions": command.extensions,
        "portable_names": command.portable_names,
        "auto_version": command.auto_version,
        "auto_create_assets": command.auto_create_assets,
    }
    after = replace(before, **{name: value for name, value in given.items() if value is not None})
    services.records.update_database(before, after, receipt(services, after))
    return after
