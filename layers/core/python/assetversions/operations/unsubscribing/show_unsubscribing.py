"""Show the one button that ends a subscription: programs that look at links in mail must not end it."""

from assetversions.domain.commands.service import ShowUnsubscribing
from assetversions.domain.service_facts import ServiceFacts
from assetversions.engine.operation import operation


@operation(action=None)
def show_unsubscribing(_command: ShowUnsubscribing, _facts: ServiceFacts) -> None:
    """The page is the same for everybody; whose link it is, its press tells."""
