"""Lambda: list the roles."""

from assetversions.operations.access.list_roles import list_roles
from assetversions.runtime.endpoint import endpoint

handler = endpoint(list_roles)
