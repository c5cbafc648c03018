"""Lambda: take a user's or machine's roles away."""

from assetversions.operations.access.delete_membership import delete_membership
from assetversions.runtime.endpoint import endpoint

handler = endpoint(delete_membership)
