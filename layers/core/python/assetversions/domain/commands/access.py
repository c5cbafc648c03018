"""What a caller asks for about access: one frozen command per operation."""

from datetime import datetime

from msgspec import Struct

from assetversions.domain.access_report import Question
from assetversions.domain.commands.common import Page
from assetversions.domain.policy import PolicyRule


class ListRules(Struct, frozen=True):
    page: Page


class GetRule(Struct, frozen=True):
    rule_id: str


class PutRule(Struct, frozen=True):
    """`new` refuses to replace a rule that is there."""

    rule: PolicyRule
    new: bool


class DeleteRule(Struct, frozen=True):
    rule_id: str


class ListRoles(Struct, frozen=True):
    page: Page


class PutRole(Struct, frozen=True):
    """`new` tells to create the role, or to change the one that is there."""

    name: str
    description: str
    requires_mfa: bool
    new: bool


class DeleteRole(Struct, frozen=True):
    name: str


class ListMemberships(Struct, frozen=True):
    page: Page


class PutMembership(Struct, frozen=True):
    """Gives `roles` in place of those there are, or beside them where `keep`.

    `mfa` says that the second factor that the pool has for the user is theirs, or withdraws that.
    """

    user: str
    roles: tuple[str, ...]
    keep: bool
    mfa: bool | None = None


class DeleteMembership(Struct, frozen=True):
    user: str


class CreateApiToken(Struct, frozen=True):
    """`user` None is the caller; `scopes` None sets no limit but the user's own; `days` None is as usual.

    `as_vams` asks for one as VAMS has them: no other token of the user has the name, and they have a role.
    """

    name: str
    user: str | None
    scopes: frozenset[str] | None = None
    days: int | None = None
    expires_at: datetime | None = None
    description: str = ""
    as_vams: bool = False


class ListApiTokens(Struct, frozen=True):
    """`everybody` asks for those of all whose tokens the caller may see, made since tokens have UUIDs."""

    user: str | None
    page: Page
    everybody: bool = False


class GetApiToken(Struct, frozen=True):
    """`token_id` is the whole id or the UUID in it."""

    token_id: str


class UpdateApiToken(Struct, frozen=True):
    """What is None stays as it is."""

    token_id: str
    description: str | None
    expires_at: datetime | None
    active: bool | None


class DeleteApiToken(Struct, frozen=True):
    token_id: str


class ExplainAccess(Struct, frozen=True):
    question: Question


class ListPolicyEvents(Struct, frozen=True):
    page: Page
