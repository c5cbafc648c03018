"""Tell a client that has signed in who it is, and where files are kept."""

from assetversions.domain.commands.service import DescribeSession
from assetversions.domain.errors import Forbidden
from assetversions.domain.ports.services import Services
from assetversions.domain.results.catalog import Session
from assetversions.engine.operation import operation


@operation(action="read")
def describe_session(command: DescribeSession, services: Services) -> Session:
    """Forbidden for anybody's profile but the caller's own."""
    if command.user not in {None, services.user}:
        raise Forbidden("You are not allowed to read another user's profile; ask for your own.")
    return Session(services.user, services.history.bucket, services.history.prefix)
