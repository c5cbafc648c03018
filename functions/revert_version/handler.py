"""Lambda: bring an asset back to an old version."""

from assetversions.operations.versions.revert_version import revert_version
from assetversions.runtime.endpoint import endpoint

handler = endpoint(revert_version)
