"""What a caller asks of the service itself, one frozen command per operation."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DescribeService:
    """The open facts that a client needs before it can sign in."""


@dataclass(frozen=True)
class DescribeSession:
    """What a client asks once it has signed in; `user` where it asks for somebody's profile."""

    user: str | None = None


@dataclass(frozen=True)
class ListAllowedRoutes:
    """Each a method and a path, as a client has it in its pages."""

    routes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ShowUnsubscribing:
    """The page behind the link of a letter."""


@dataclass(frozen=True)
class UnsubscribeByLink:
    """End the subscription that the ticket of a letter's link names."""

    ticket: str
