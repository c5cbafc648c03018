"""Tell a client, before it signs in, where to sign in."""

from assetversions.domain.commands.service import DescribeService
from assetversions.domain.service_facts import ServiceFacts
from assetversions.engine.operation import operation


@operation(action=None)
def describe_service(_command: DescribeService, facts: ServiceFacts) -> ServiceFacts:
    """The region, the API's address and the user pool; needs no sign-in and holds no secret."""
    return facts
