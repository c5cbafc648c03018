"""Who could change policy after a change: without anybody, no request could ever mend it."""

from collections.abc import Callable, Iterator

from authz.guard import Guard
from authz.identity import Identity
from authz.rules import read

from assetversions.domain.policy import Membership, PolicyChange
from assetversions.domain.ports.access import Users
from assetversions.runtime import paths
from assetversions.runtime.access import Caller, Callers
from assetversions.storage.dynamodb import policy_snapshot
from assetversions.storage.dynamodb.policy_store import PolicyStore
from assetversions.storage.dynamodb.table import Table

# Whoever may write rules can give themselves all the rest.
KEY, ACTION = "PUT /auth/constraints", "policy"

Counting = Callable[[Identity, Guard], Caller]


def remain(table: Table, users: Users, whoever: Identity, change: PolicyChange, counting: Counting) -> bool:
    """Whether the caller could, or one who has a membership; who else is in which group, the pool knows.

    `counting` says which roles of an identity count.
    """
    records, mfa_roles = policy_snapshot.load(table, change)
    guard = Guard((rule for record in records for rule in read(record)), mfa_roles)
    facts = paths.facts(paths.find(KEY)[0], {})
    return any(
        Callers(guard, (counting(identity, guard),)).on_api(ACTION, facts).allowed
        for identity in _managers(PolicyStore(table), users, whoever, change)
    )


def _managers(
    policies: PolicyStore, users: Users, whoever: Identity, change: PolicyChange
) -> Iterator[Identity]:
    """The caller first: mostly that is all it takes."""
    held = {one.person: one for one in policies.memberships(None)}
    if isinstance(change.before, Membership):
        held.pop(change.before.person, None)
    if isinstance(change.after, Membership):
        held[change.after.person] = change.after
    own = held.pop(whoever.person, None)
    yield whoever if own is None else whoever.with_roles(own.roles)
    for one in held.values():
        user = users.find(one.user)
        if user is not None and user.person == one.person:
            yield Identity(user.person, user.name, user.groups | frozenset(one.roles))
