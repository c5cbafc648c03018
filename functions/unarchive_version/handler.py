"""Lambda: unarchive a version."""

from assetversions.operations.versions.unarchive_version import unarchive_version
from assetversions.runtime.endpoint import endpoint

handler = endpoint(unarchive_version)
