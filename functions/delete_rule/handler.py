"""Lambda: remove a rule of access."""

from assetversions.operations.access.delete_rule import delete_rule
from assetversions.runtime.endpoint import endpoint

handler = endpoint(delete_rule)
