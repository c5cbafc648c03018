"""Lambda: read one version and its files."""

from assetversions.operations.versions.get_version import get_version
from assetversions.runtime.endpoint import endpoint

handler = endpoint(get_version)
