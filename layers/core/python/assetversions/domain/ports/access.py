"""What the operations need to know of permissions: the rules' word, what is stored, the users."""

from collections.abc import Iterator
from typing import Protocol

from assetversions.domain.access_report import AccessReport, Question
from assetversions.domain.once import Receipt
from assetversions.domain.policy import (
    ApiToken,
    Membership,
    PolicyChange,
    PolicyEvent,
    PolicyRule,
    Role,
    User,
)


class Guard(Protocol):
    """What the rules say about this caller."""

    def allows(self, action: str, attributes: dict[str, object]) -> bool:
        """The second tier: may this caller do `action` to a thing with these attributes?"""

    def calls(self, method: str, action: str) -> bool:
        """The first tier: may they do `action` with another method on the path that they ask for, too?"""

    def decider(self, action: str, attributes: dict[str, object]) -> str | None:
        """The id of the rule that decides so; None where no rule speaks of it."""

    def reads(self, user: User, attributes: dict[str, object]) -> bool:
        """Whether another one may read such a thing without a sign-in: roles that require MFA don't count."""

    def sees(self, known: dict[str, object]) -> bool:
        """Whether this caller may read whatever there is of which so much is known.

        Then they may be told that there is nothing; to anybody else that would tell what is hidden.
        """

    def assets_within(self, database_id: str) -> frozenset[tuple[str, str]] | None:
        """Marks (`asset_id` or `tags`, and the value): an asset with none of them is not theirs to read.

        None where the rules may let them read others. It chooses what is looked at; `allows` decides.
        """

    def databases(self) -> frozenset[tuple[str, str]] | None:
        """The same of databases, by `database_id`."""

    def manages(self) -> bool:
        """Whether this caller may change policy."""

    def alone(self) -> bool:
        """Whether they ask for themselves: a machine that acts for a user may less than that user."""

    def remains_managed(self, change: PolicyChange) -> bool:
        """Whether somebody could change policy after this change, too."""

    def explain(self, question: Question) -> AccessReport:
        """NotFound for an unknown user, route or asset; Hidden for an asset that they may not see."""


class Policies(Protocol):
    """Rules, roles, memberships and API tokens, and the record of their changes; reads are consistent."""

    def revision(self, person: str | None = None) -> int:
        """Of rules, roles and memberships, or of one person's API tokens."""

    def rule(self, rule_id: str) -> PolicyRule | None: ...

    def rules(self, after: str | None, page: int | None = None) -> Iterator[PolicyRule]:
        """By id, beginning behind `after`."""

    def role(self, name: str) -> Role | None: ...

    def roles(self, after: str | None, page: int | None = None) -> Iterator[Role]: ...

    def membership(self, person: str) -> Membership | None: ...

    def memberships(self, after: str | None, page: int | None = None) -> Iterator[Membership]: ...

    def token(self, token_id: str) -> ApiToken | None:
        """By its id, or the UUID in it."""

    def all_tokens(self, after: str | None) -> Iterator[ApiToken]:
        """Everybody's, by the UUID in their ids, beginning behind `after`; those of before have none."""

    def tokens(self, person: str, after: str | None = None, page: int | None = None) -> Iterator[ApiToken]:
        """One person's, those that have expired as well until they are forgotten."""

    def events(self, before: str | None, page: int) -> Iterator[PolicyEvent]:
        """Newest first, beginning behind the event `before`."""

    def commit(
        self, change: PolicyChange, seen: int, receipt: Receipt | None = None, person: str | None = None
    ) -> None:
        """All or nothing; LostRace where the revision, of a person's tokens if any, is not the one `seen`."""


class Users(Protocol):
    """The users of the pool."""

    def find(self, name: str) -> User | None:
        """None for a user who does not exist, or is disabled."""
