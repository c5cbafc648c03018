"""Lambda: publish a version."""

from assetversions.operations.versions.publish_version import publish_version
from assetversions.runtime.endpoint import endpoint

handler = endpoint(publish_version)
