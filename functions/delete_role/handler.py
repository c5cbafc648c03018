"""Lambda: remove a role."""

from assetversions.operations.access.delete_role import delete_role
from assetversions.runtime.endpoint import endpoint

handler = endpoint(delete_role)
