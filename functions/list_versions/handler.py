"""Lambda: list the versions of an asset."""

from assetversions.operations.versions.list_versions import list_versions
from assetversions.runtime.endpoint import endpoint

handler = endpoint(list_versions)
