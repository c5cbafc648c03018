"""Change the alias or the comment of a version."""

from typing import Any

from assetversions.domain import lifecycle
from assetversions.domain.commands import UpdateVersion
from assetversions.domain.model import Asset, Version
from assetversions.domain.ports import Services
from assetversions.domain.results import Done
from assetversions.operations.edit_version import edit_version
from assetversions.operations.operation import operation


@operation(action="update")
def update_version(command: UpdateVersion, asset: Asset, services: Services) -> Done:
    """ReadOnly where the version's state takes no edit; Conflict if the alias names another version."""

    def edit(_asset: Asset, version: Version) -> dict[str, Any]:
        lifecycle.check_editable(version)
        fields: dict[str, Any] = {}
        if command.alias is not None:
            fields["alias"] = command.alias or None
        if command.comment is not None:
            fields["comment"] = command.comment
        return fields

    return edit_version(services, asset, command.version, edit, "version.updated", command.expected_rev)
