"""Lambda: give links to the files of a version."""

from assetversions.operations.versions.download_version import download_version
from assetversions.runtime.endpoint import endpoint

handler = endpoint(download_version)
