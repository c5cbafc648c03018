"""Lambda: make a new draft from a version."""

from assetversions.operations.versions.clone_version import clone_version
from assetversions.runtime.endpoint import endpoint

handler = endpoint(clone_version)
