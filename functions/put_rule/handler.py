"""Lambda: create or replace a rule of access."""

from assetversions.operations.access.put_rule import put_rule
from assetversions.runtime.endpoint import endpoint

handler = endpoint(put_rule)
