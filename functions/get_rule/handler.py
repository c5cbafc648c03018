"""Lambda: read one rule of access."""

from assetversions.operations.access.get_rule import get_rule
from assetversions.runtime.endpoint import endpoint

handler = endpoint(get_rule)
