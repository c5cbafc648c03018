"""Let a job hold an asset's files against its journal, and mend that."""

from assetversions.domain.commands.files import ReconcileFiles
from assetversions.domain.jobs import JobKind
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Deferred
from assetversions.engine.budget import defer
from assetversions.engine.operation import operation


@operation(action="update")
def reconcile_files(command: ReconcileFiles, asset: Asset, services: Services) -> Deferred:
    """Always a job: everything is listed. No file and no version changes by it."""
    return defer(services, asset, JobKind.RECONCILE, command)
