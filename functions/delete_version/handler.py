"""Lambda: delete a version."""

from assetversions.operations.versions.delete_version import delete_version
from assetversions.runtime.endpoint import endpoint

handler = endpoint(delete_version)
