"""Give an archived version back the state it had before."""

from typing import Any

from assetversions.domain import lifecycle
from assetversions.domain.commands import UnarchiveVersion
from assetversions.domain.model import Asset, Version
from assetversions.domain.ports import Services
from assetversions.domain.results import Done
from assetversions.operations.edit_version import edit_version
from assetversions.operations.operation import operation


@operation(action="archive")
def unarchive_version(command: UnarchiveVersion, asset: Asset, services: Services) -> Done:
    """Conflict if the version is not archived."""

    def edit(_asset: Asset, version: Version) -> dict[str, Any]:
        return lifecycle.unarchived(version)

    return edit_version(services, asset, command.version, edit, "version.unarchived", command.expected_rev)
