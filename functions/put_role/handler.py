"""Lambda: create or change a role."""

from assetversions.operations.access.put_role import put_role
from assetversions.runtime.endpoint import endpoint

handler = endpoint(put_role)
