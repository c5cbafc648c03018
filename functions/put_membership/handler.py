"""Lambda: give a user or machine roles."""

from assetversions.operations.access.put_membership import put_membership
from assetversions.runtime.endpoint import endpoint

handler = endpoint(put_membership)
