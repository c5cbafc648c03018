"""End a subscription by the link of a letter: whoever has the letter may, without a sign-in."""

from contextlib import suppress

from assetversions.domain.commands.service import UnsubscribeByLink
from assetversions.domain.errors import Invalid, NotFound
from assetversions.domain.ports.services import Services
from assetversions.engine.operation import operation


@operation(action=None, writes=True)
def unsubscribe_by_link(command: UnsubscribeByLink, services: Services) -> None:
    """The same as often as it is asked for. Invalid for a link that we have not written."""
    ticket = services.tickets.read(command.ticket)
    if ticket is None:
        raise Invalid("ticket", "is not of a letter of ours; open the link of the newest one.")
    asset = services.records.asset_by_uid(ticket.uid)
    found = None if asset is None else services.subscriptions.get(asset.ref)
    leaving = frozenset[str]() if found is None else found.of(ticket.person)
    if asset is not None and leaving:
        with suppress(NotFound):  # who has left meanwhile wanted the same
            services.subscriptions.remove(asset.ref, leaving)
