"""Lambda: give a user or machine roles."""

from assetversions.operations.put_membership import put_membership
from assetversions.runtime.endpoint import endpoint

handler = endpoint(put_membership)
