"""Lambda: tell who calls and what they may do."""

from assetversions.operations.access.explain_access import explain_access
from assetversions.runtime.endpoint import endpoint

handler = endpoint(explain_access)
