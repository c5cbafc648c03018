"""Check that everything a version points at is still there, exactly as it was pinned."""

from msgspec.structs import replace

from assetversions.domain.commands.history import VerifyVersion
from assetversions.domain.jobs import JobKind
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Deferred, Verification
from assetversions.engine.budget import Estimate, OverBudget, defer
from assetversions.engine.lookup import find_version, fixed
from assetversions.engine.operation import operation
from assetversions.engine.verify import verify


@operation(action="update")
def verify_version(command: VerifyVersion, asset: Asset, services: Services) -> Verification | Deferred:
    """Every object version with its size and ETag, every part of the manifest with its digest.

    It may write a job, so it takes more than to read.
    """
    version = find_version(services, asset, command.version)
    command = replace(command, version=fixed(version))
    try:
        Estimate().looked_for(version.files)
    except OverBudget:
        return defer(services, asset, JobKind.VERIFY, command)
    if command.background:
        return defer(services, asset, JobKind.VERIFY, command)
    return verify(version, asset, services)
