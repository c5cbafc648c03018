"""Lambda: list who has which roles."""

from assetversions.operations.access.list_memberships import list_memberships
from assetversions.runtime.endpoint import endpoint

handler = endpoint(list_memberships)
