"""Lambda: archive a version."""

from assetversions.operations.archive_version import archive_version
from assetversions.runtime.endpoint import endpoint

handler = endpoint(archive_version)
