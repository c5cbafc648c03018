"""Publish a version; the one that was published before goes into the archive with the same commit."""

from msgspec.structs import replace

from assetversions.domain.commands.versions import PublishVersion
from assetversions.domain.jobs import JobKind
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Deferred, Done
from assetversions.engine.budget import OverBudget, defer
from assetversions.engine.lookup import find_any_version, fixed
from assetversions.engine.operation import operation
from assetversions.engine.publishing import publish, within_request


@operation(action="publish")
def publish_version(command: PublishVersion, asset: Asset, services: Services) -> Done | Deferred:
    """Conflict if its state does not allow it, or if bytes that it points at are gone."""
    try:
        return publish(command, asset, services, within_request(services, asset))
    except OverBudget:
        wanted = replace(command, version=fixed(find_any_version(services, asset, command.version)))
        return defer(services, asset, JobKind.PUBLISH, wanted)
