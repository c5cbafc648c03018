"""Lambda: read one rule of access."""

from assetversions.operations.get_rule import get_rule
from assetversions.runtime.endpoint import endpoint

handler = endpoint(get_rule)
