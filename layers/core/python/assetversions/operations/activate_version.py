"""Bring an asset's files back to what an old version held, and point the asset at that version."""

from assetversions.domain.commands import ActivateVersion
from assetversions.domain.model import Asset
from assetversions.domain.ports import Services
from assetversions.domain.results import Deferred, Done, Planned
from assetversions.operations.activation import activate
from assetversions.operations.operation import operation


@operation(action="revert")
def activate_version(command: ActivateVersion, asset: Asset, services: Services) -> Done | Planned | Deferred:
    """As `activate` says."""
    return activate(command, asset, services)
