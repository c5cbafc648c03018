"""Give an archived version back the state it had before; where that was published, publish it again."""

from msgspec.structs import replace

from assetversions.domain.commands.versions import UnarchiveVersion
from assetversions.domain.jobs import JobKind
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Deferred, Done
from assetversions.engine.authorize import require
from assetversions.engine.budget import OverBudget, defer
from assetversions.engine.lookup import find_any_version, fixed
from assetversions.engine.operation import operation
from assetversions.engine.publishing import unarchive, within_request


@operation(action="archive")
def unarchive_version(command: UnarchiveVersion, asset: Asset, services: Services) -> Done | Deferred:
    """Conflict if the version is not archived; Forbidden to publish again without that permission.

    Conflict, too, where bytes of one to be published again are gone.
    """

    def may_publish() -> None:
        require(services, "publish", asset)

    try:
        return unarchive(command, asset, services, within_request(services, asset), may_publish)
    except OverBudget:
        wanted = replace(command, version=fixed(find_any_version(services, asset, command.version)))
        return defer(services, asset, JobKind.UNARCHIVE, wanted)
