"""Lambda: bring an asset's files back and point it at that version."""

from assetversions.operations.versions.activate_version import activate_version
from assetversions.runtime.endpoint import endpoint

handler = endpoint(activate_version)
