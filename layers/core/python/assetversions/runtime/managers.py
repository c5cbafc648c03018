"""Who could change policy after a change: without anybody, no request could ever mend it."""

from collections.abc import Iterator
from itertools import chain

from authz.guard import API, Guard
from authz.identity import Identity
from authz.rules import read

from assetversions.domain.policy import Membership, PolicyChange, PolicyRule, Thing
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

    `caller` has the roles of the credential alone. A rule about assets takes this right from nobody.
    """
    if not any(_may_matter(one) for one in (change.before, change.after)):
        return True
    records, mfa_roles = policy_snapshot.load(table, change)
    guard = Guard(
        (rule for record in records if record.get("tier") == API for rule in read(record)), mfa_roles
    )
    facts = paths.facts(paths.find(KEY)[0], {})
    return any(
        Callers(guard, (counted(one.identity, guard.mfa_roles, one.mfa),)).on_api(ACTION, facts).allowed
        for one in _managers(PolicyStore(table), users, caller, change)
    )


def _may_matter(thing: Thing | None) -> bool:
    return thing is not None and not (isinstance(thing, PolicyRule) and thing.tier != API)


def _managers(policies: PolicyStore, users: Users, caller: Caller, change: PolicyChange) -> Iterator[Caller]:
    """The caller first: mostly that is all it takes."""
    changed: dict[str, Membership | None] = {
        one.person: None for one in (change.before,) if isinstance(one, Membership)
    }
    changed |= {one.person: one for one in (change.after,) if isinstance(one, Membership)}
    me = caller.identity.person
    own = changed[me] if me in changed else policies.membership(me)
    yield Caller(caller.identity.with_roles(own.roles if own else ()), mfa=caller.mfa)
    others = (one for one in policies.memberships(None) if one.person not in changed)
    for one in chain(others, filter(None, changed.values())):
        user = users.find(one.user) if one.person != me else None
        if user is not None and user.person == one.person:
            yield Caller(
                Identity(user.person, user.name, user.groups | frozenset(one.roles)),
                mfa=user.mfa and one.mfa_since is not None,
            )
