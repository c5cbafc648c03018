"""What a caller asks for about access: one frozen command per operation."""

from dataclasses import dataclass

from assetversions.domain.access_report import Question
from assetversions.domain.commands.common import Page
from assetversions.domain.policy import PolicyRule


@dataclass(frozen=True)
class ListRules:
    page: Page


@dataclass(frozen=True)
class GetRule:
    rule_id: str


@dataclass(frozen=True)
class PutRule:
    """`new` refuses to replace a rule that is there."""

    rule: PolicyRule
    new: bool


@dataclass(frozen=True)
class DeleteRule:
    rule_id: str


@dataclass(frozen=True)
class ListRoles:
    page: Page


@dataclass(frozen=True)
class PutRole:
    """`new` tells to create the role, or to change the one that is there."""

    name: str
    description: str
    requires_mfa: bool
    new: bool


@dataclass(frozen=True)
class DeleteRole:
    name: str


@dataclass(frozen=True)
class ListMemberships:
    page: Page


@dataclass(frozen=True)
class PutMembership:
    """Gives `roles` in place of those there are, or beside them where `keep`.

    `mfa` says that the second factor that the pool has for the user is theirs, or withdraws that.
    """

    user: str
    roles: tuple[str, ...]
    keep: bool
    mfa: bool | None = None


@dataclass(frozen=True)
class DeleteMembership:
    user: str


@dataclass(frozen=True)
class CreateApiToken:
    """`user` None is the caller; `scopes` None sets no limit but the user's own; `days` None is as usual."""

    name: str
    user: str | None
    scopes: frozenset[str] | None
    days: int | None


@dataclass(frozen=True)
class ListApiTokens:
    user: str | None
    page: Page


@dataclass(frozen=True)
class DeleteApiToken:
    token_id: str


@dataclass(frozen=True)
class ExplainAccess:
    question: Question


@dataclass(frozen=True)
class ListPolicyEvents:
    page: Page
