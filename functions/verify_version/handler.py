"""Lambda: check that a version is still whole."""

from assetversions.operations.versions.verify_version import verify_version
from assetversions.runtime.endpoint import endpoint

handler = endpoint(verify_version)
