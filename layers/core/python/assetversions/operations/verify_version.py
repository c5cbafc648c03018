"""Check that everything a version points at is still there, exactly as it was pinned."""

from assetversions.domain.model import Asset
from assetversions.domain.ports import Services
from assetversions.domain.results import Deferred, Verification
from assetversions.domain.review_commands import VerifyVersion
from assetversions.operations.limits import IN_REQUEST, defer
from assetversions.operations.lookup import find_version
from assetversions.operations.operation import operation
from assetversions.operations.verification import KIND, verify


@operation(action="read")
def verify_version(command: VerifyVersion, asset: Asset, services: Services) -> Verification | Deferred:
    """Every object version with its size and ETag, every part of the manifest with its digest."""
    version = find_version(services, asset, command.version)
    if command.background or version.files > IN_REQUEST.files:
        return defer(services, asset, KIND, command)
    return verify(version, asset, services)
