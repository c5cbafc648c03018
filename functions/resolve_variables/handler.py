"""Lambda: resolve the variables of a version."""

from assetversions.operations.versions.resolve_variables import resolve_variables
from assetversions.runtime.endpoint import endpoint

handler = endpoint(resolve_variables)
