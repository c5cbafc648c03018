"""Lambda: have a version packed into one archive."""

from assetversions.operations.versions.zip_version import zip_version
from assetversions.runtime.endpoint import endpoint

handler = endpoint(zip_version)
