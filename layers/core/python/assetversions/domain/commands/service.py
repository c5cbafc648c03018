"""What a caller asks of the service itself, one frozen command per operation."""

from msgspec import Struct


class DescribeService(Struct, frozen=True):
    """The open facts that a client needs before it can sign in."""


class DescribeSession(Struct, frozen=True):
    """What a client asks once it has signed in; `user` where it asks for somebody's profile."""

    user: str | None = None


class ListAllowedRoutes(Struct, frozen=True):
    """Each a method and a path, as a client has it in its pages."""

    routes: tuple[tuple[str, str], ...]


class ShowUnsubscribing(Struct, frozen=True):
    """The page behind the link of a letter."""


class UnsubscribeByLink(Struct, frozen=True):
    """End the subscription that the ticket of a letter's link names."""

    ticket: str
