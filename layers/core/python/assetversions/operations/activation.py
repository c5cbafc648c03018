"""Activate a version: what every operation that may do so has in common."""

from assetversions.domain import lifecycle
from assetversions.domain.commands import ActivateVersion
from assetversions.domain.model import Asset
from assetversions.domain.ports import Services
from assetversions.domain.results import Deferred, Done, Planned
from assetversions.operations.conclusions import ACTIVATE
from assetversions.operations.lookup import find_any_version
from assetversions.operations.restore_files import restore_files


def activate(command: ActivateVersion, asset: Asset, services: Services) -> Done | Planned | Deferred:
    """Restore the files, then move the pointer; no new version comes of it.

    Conflict, with nothing changed, for an archived or deleted version, if an object version that is needed
    no longer exists, or if another restore is under way.
    """
    lifecycle.check_activatable(find_any_version(services, asset, command.version))
    return restore_files(command, asset, services, ACTIVATE)
