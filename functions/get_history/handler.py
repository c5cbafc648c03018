"""Lambda: tell what happened to an asset."""

from assetversions.operations.versions.get_history import get_history
from assetversions.runtime.endpoint import endpoint

handler = endpoint(get_history)
