"""Who may do what, as data: rules, roles, memberships, and the record of every change of them."""

import re
from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, field

EVALUATED = frozenset({"api", "asset"})
# As Cognito makes the ids of its clients; nobody's `sub` looks so.
_CLIENT_ID = re.compile(r"[A-Za-z0-9]{26}")


def is_machine(name: str) -> bool:
    """Whether it can be a machine's client id, which is its name and its person in one."""
    return _CLIENT_ID.fullmatch(name) is not None


class Criterion(Struct, frozen=True):
    """`attribute` of a thing, compared with texts."""

    attribute: str
    operator: str
    values: tuple[str, ...]


class Grant(Struct, frozen=True):
    """Allow or deny `actions` to these roles and persons; on the api tier an action may be an HTTP method."""

    effect: str
    actions: frozenset[str]
    roles: frozenset[str] = frozenset()
    users: frozenset[str] = frozenset()


class PolicyRule(Struct, frozen=True):
    """Grants on the things of one tier for which all of `conditions`, and one of `any_of`, are true.

    Tiers other than `api` and `asset` are kept for clients that know them; they decide nothing here.
    """

    rule_id: str
    tier: str
    grants: tuple[Grant, ...]
    conditions: tuple[Criterion, ...] = ()
    any_of: tuple[Criterion, ...] = ()
    name: str = ""
    description: str = ""
    # What the persons that it names were called when it was written.
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def evaluated(self) -> bool:
        return self.tier in EVALUATED


class Role(Struct, frozen=True):
    """A role that `requires_mfa` does not count in a sign-in without it."""

    name: str
    description: str = ""
    requires_mfa: bool = False
    created_at: datetime | None = None


class Membership(Struct, frozen=True):
    """The roles that the table gives to a user or a machine, beside those of their Cognito groups.

    `mfa_since` is when somebody who manages policy confirmed that the person's second factor is theirs.
    """

    person: str
    user: str
    roles: tuple[str, ...]
    created_at: datetime | None = None
    mfa_since: datetime | None = None


class ApiToken(Struct, frozen=True):
    """A credential of one person; only the `digest` of it is kept. `scopes` None means that none limit it.

    One that is not `active` is refused, and may be again.
    """

    token_id: str
    digest: str
    name: str
    person: str
    user: str
    scopes: frozenset[str] | None
    created_at: datetime
    created_by: str
    expires_at: datetime
    used_at: datetime | None = None
    description: str = ""
    active: bool = True
    updated_at: datetime | None = None


class User(Struct, frozen=True):
    """A user of the pool, as the pool knows them now; `person` is their `sub`, which no other ever has.

    `mail` is their address, if it is verified.
    """

    person: str
    name: str
    groups: frozenset[str]
    mfa: bool
    mail: str | None = None


Thing = PolicyRule | Role | Membership | ApiToken


class PolicyEvent(Struct, frozen=True):
    """One line of the audit: a change of policy, or a write that was refused."""

    event_id: str
    kind: str
    subject: str
    at: datetime
    person: str
    by: str
    detail: dict[str, str | None] = field(default_factory=dict)


class PolicyChange(Struct, frozen=True):
    """What takes the place of what, on record; None before a thing exists, and after it is removed."""

    before: Thing | None
    after: Thing | None
    event: PolicyEvent
