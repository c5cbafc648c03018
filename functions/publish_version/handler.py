"""Lambda: publish a version."""

from assetversions.operations.publish_version import publish_version
from assetversions.runtime.endpoint import endpoint

handler = endpoint(publish_version)
