"""Lambda: list the audit of access."""

from assetversions.operations.access.list_policy_events import list_policy_events
from assetversions.runtime.endpoint import endpoint

handler = endpoint(list_policy_events)
