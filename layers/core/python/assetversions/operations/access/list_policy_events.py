"""List the audit: every change of policy, and every write that was refused."""

from assetversions.domain.commands.access import ListPolicyEvents
from assetversions.domain.policy import PolicyEvent
from assetversions.domain.ports.services import Services
from assetversions.domain.results.access import Listing
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position

_SCOPE = "policy events"


@operation(action="policy", writes=False)
def list_policy_events(command: ListPolicyEvents, services: Services) -> Listing[PolicyEvent]:
    """Newest first."""
    events = services.policies.events(text_position(command.page, _SCOPE), command.page.size + 1)
    return Listing(
        *cut(events, command.page, _SCOPE, lambda one: one.event_id, lambda one: text_bytes(repr(one)))
    )
