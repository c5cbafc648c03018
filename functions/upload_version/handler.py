"""Lambda: make a version of an upload that lies ready."""

from assetversions.operations.versions.upload_version import upload_version
from assetversions.runtime.endpoint import endpoint

handler = endpoint(upload_version)
