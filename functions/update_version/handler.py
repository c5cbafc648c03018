"""Lambda: change a version's alias or comment."""

from assetversions.operations.versions.update_version import update_version
from assetversions.runtime.endpoint import endpoint

handler = endpoint(update_version)
