"""Lambda: unarchive a version."""

from assetversions.operations.unarchive_version import unarchive_version
from assetversions.runtime.endpoint import endpoint

handler = endpoint(unarchive_version)
