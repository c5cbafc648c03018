"""Bring an asset's files back to what an old version held, and point the asset at that version."""

from assetversions.domain import lifecycle
from assetversions.domain.commands import ActivateVersion
from assetversions.domain.model import Asset
from assetversions.domain.ports import Services
from assetversions.domain.results import Deferred, Done, Planned
from assetversions.operations.conclusions import ACTIVATE
from assetversions.operations.lookup import find_any_version
from assetversions.operations.operation import operation
from assetversions.operations.restore_files import restore_files


@operation(action="revert")
def activate_version(command: ActivateVersion, asset: Asset, services: Services) -> Done | Planned | Deferred:
    """Restore the files, then move the pointer; no new version comes of it.

    Conflict, with nothing changed, for an archived or deleted version, if an object version that is needed
    no longer exists, or if another restore is under way.
    """
    lifecycle.check_activatable(find_any_version(services, asset, command.version))
    return restore_files(command, asset, services, ACTIVATE)
