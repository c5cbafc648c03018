"""Lambda: archive a version."""

from assetversions.operations.versions.archive_version import archive_version
from assetversions.runtime.endpoint import endpoint

handler = endpoint(archive_version)
