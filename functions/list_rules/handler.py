"""Lambda: list the rules of access."""

from assetversions.operations.access.list_rules import list_rules
from assetversions.runtime.endpoint import endpoint

handler = endpoint(list_rules)
