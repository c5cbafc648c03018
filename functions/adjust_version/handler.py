"""Lambda: change the comment of a version, or activate it."""

from assetversions.operations.versions.adjust_version import adjust_version
from assetversions.runtime.endpoint import endpoint

handler = endpoint(adjust_version)
