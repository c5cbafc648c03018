"""Lambda: freeze an asset's files as its next version."""

from assetversions.operations.versions.create_version import create_version
from assetversions.runtime.endpoint import endpoint

handler = endpoint(create_version)
