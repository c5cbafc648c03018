"""What the rules say about a caller, told in full: the answer to "why was I refused?"."""

from collections.abc import Mapping

from msgspec import Struct

from assetversions.domain.model import AssetRef


class Verdict(Struct, frozen=True):
    """`rule` is the id of the rule that decided, `reason` says it in words.

    Of a refusal, `roles` are those with which one may, by name.
    """

    allowed: bool
    rule: str | None
    reason: str
    roles: tuple[str, ...] = ()


class Person(Struct, frozen=True):
    """One identity behind a call; `dropped` are roles that do not count without an MFA sign-in."""

    person: str
    user: str
    kind: str
    roles: frozenset[str]
    dropped: frozenset[str]
    scopes: frozenset[str] | None


class Question(Struct, frozen=True):
    """None asks about the caller; `route` is a route key such as `GET /database`, or one with a real path.

    With `who_may`, of what is refused also the roles that may.
    """

    user: str | None = None
    route: str | None = None
    ref: AssetRef | None = None
    who_may: bool = False


class AccessReport(Struct, frozen=True):
    """Who calls (a machine and the user it acts for are two), and what both tiers say; `actions` by name."""

    people: tuple[Person, ...]
    question: Question
    route: Verdict | None
    actions: Mapping[str, Verdict]
