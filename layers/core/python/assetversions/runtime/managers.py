"""Who could change policy after a change: without anybody, no request could ever mend it."""

from collections.abc import Iterator

from authz.guard import Guard
from authz.identity import Identity
from authz.rules import read

from assetversions.domain.policy import Membership, PolicyChange
from assetversions.domain.ports.access import Users
from assetversions.runtime import paths
from assetversions.runtime.access import Caller, Callers, counted
from assetversions.storage.dynamodb import policy_snapshot
from assetversions.storage.dynamodb.policy_store import PolicyStore
from assetversions.storage.dynamodb.table import Table

# Whoever may write rules can give themselves all the rest.
KEY, ACTION = "PUT /auth/constraints", "policy"


def remain(table: Table, users: Users, caller: Caller, change: PolicyChange) -> bool:
    """Whether the caller could, or one who has a membership; who else is in which group, the pool knows.

    `caller` has the roles of the credential alone.
    """
    records, mfa_roles = policy_snapshot.load(table, change)
    guard = Guard((rule for record in records for rule in read(record)), mfa_roles)
    facts = paths.facts(paths.find(KEY)[0], {})
    return any(
        Callers(guard, (counted(one.identity, guard.mfa_roles, one.mfa),)).on_api(ACTION, facts).allowed
        for one in _managers(PolicyStore(table), users, caller, change)
    )


def _managers(policies: PolicyStore, users: Users, caller: Caller, change: PolicyChange) -> Iterator[Caller]:
    """The caller first: mostly that is all it takes."""
    held = {one.person: one for one in policies.memberships(None)}
    if isinstance(change.before, Membership):
        held.pop(change.before.person, None)
    if isinstance(change.after, Membership):
        held[change.after.person] = change.after
    own = held.pop(caller.identity.person, None)
    yield Caller(caller.identity.with_roles(own.roles if own else ()), mfa=caller.mfa)
    for one in held.values():
        user = users.find(one.user)
        if user is not None and user.person == one.person:
            yield Caller(
                Identity(user.person, user.name, user.groups | frozenset(one.roles)),
                mfa=user.mfa and one.mfa_since is not None,
            )
