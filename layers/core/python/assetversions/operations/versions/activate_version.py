"""Bring an asset's files back to what an old version held, and point the asset at that version."""

from assetversions.domain.commands.versions import ActivateVersion
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Deferred, Done, Planned
from assetversions.engine.operation import operation
from assetversions.engine.restore.run import activate


@operation(action="revert")
def activate_version(command: ActivateVersion, asset: Asset, services: Services) -> Done | Planned | Deferred:
    """As `activate` says."""
    return activate(command, asset, services)
