"""Both permission tiers, decided on one read: the asset's head, the policy's revision, the memberships."""

import math
import random
import time
from collections.abc import Callable

from authz.guard import API, ASSET, Guard
from authz.identity import SCOPES, Identity
from authz.rules import read
from msgspec.structs import replace

from assetversions.domain.access_report import AccessReport, Question, Verdict
from assetversions.domain.commands.common import AssetName
from assetversions.domain.errors import Error, Forbidden, Hidden, NotFound
from assetversions.domain.ids import uid_text
from assetversions.domain.model import Asset, AssetRef, AssetUid
from assetversions.domain.once import Once, Receipt
from assetversions.domain.policy import PolicyChange, User, is_machine
from assetversions.domain.results.catalog import DeletedAsset
from assetversions.engine.authorize import attributes
from assetversions.runtime import managers, paths
from assetversions.runtime.access import Caller, Callers, counted
from assetversions.runtime.call import Call
from assetversions.runtime.passed import Pass
from assetversions.runtime.persons import Persons, Standing
from assetversions.storage.dynamodb import items, keys, policy_snapshot, receipts
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.table import Table

# Where there is no head to read, what was read this long ago is good enough.
FRESH_SECONDS = 1.0
KEPT_CALLERS = 1_000
OPEN = Verdict(True, None, "The route is open to everyone.")
ACTIONS = ("read", "create", "update", "archive", "publish", "revert", "delete")


class Admission:
    """Keeps the guard of a container, and builds it anew when the policy's revision moves."""

    def __init__(self, table: Table, users: Persons, clock: Callable[[], float] = time.monotonic) -> None:
        self._table = table
        self._users = users
        self._clock = clock
        self._guard = Guard([])
        self._revision = 0
        self._read_again_at = math.inf
        # Containers spread over the copies; where there is none yet, the revision itself is read.
        self._revision_key = random.choice(policy_snapshot.COPIES)  # noqa: S311
        self._read: dict[tuple[tuple[str, str], ...], tuple[float, list[Item | None]]] = {}

    def admit(self, call: Call, name: AssetName | None) -> tuple[Pass, Asset | None]:
        """Let the callers in, or raise: Unauthenticated for one whose sign-in is over, Forbidden by either
        tier, as `_absent` says for an unknown asset.
        """
        ref, key = (None, None) if name is None else self._place(name)
        callers, head, known = self._look_up(call.acting, key, call.once, call.credential)
        action, facts = call.operation.action or "", call.facts
        decision = callers.on_api(action, facts)
        if not decision.allowed:
            route = f"{facts['method']} {facts['route'][-1]}"
            raise callers.refusal(f"You are not allowed to call {route}.", decision, action)
        access = Pass(callers, call.identity, facts, self, decision.rule, known)
        if name is None:
            return access, None
        if ref is None:
            raise self._absent(callers, name)
        asset = _deleted(known) if head is None else items.to_asset(head)
        if asset is None or (asset.ref != ref and isinstance(name, AssetUid)):
            raise self._absent(callers, name)
        decision = callers.on_asset(action, attributes(asset))
        if decision.allowed:
            return replace(access, rule=decision.rule), asset
        if not callers.on_asset("read", attributes(asset)).allowed:
            raise self._absent(callers, name, decision.rule)
        message = f"You are not allowed to {action} asset '{ref.public_id}'."
        raise callers.refusal(message, decision, action)

    def _place(self, name: AssetName) -> tuple[AssetRef | None, keys.Key]:
        """The asset that is meant, and where its head is. For none, a key that is as quickly read."""
        if isinstance(name, AssetRef):
            return name, keys.head(name.database_id, name.asset_id)
        by_uid = keys.asset_by_uid(uid_text(name.uid))
        found = self._table.get(by_uid)
        ref = None if found is None else items.to_ref(found)
        if ref is None or name.database_id not in {None, ref.database_id}:
            return None, by_uid
        return ref, keys.head(ref.database_id, ref.asset_id)

    def _absent(self, callers: Callers, name: AssetName, rule: str | None = None) -> Error:
        """What they hear of an asset that is not there, and of one that they may not read: the same."""
        known = {"database_id": name.database_id, "asset_id": getattr(name, "asset_id", None)}
        text = name.asset_id if isinstance(name, AssetRef) else name.text
        if not callers.sees({fact: value for fact, value in known.items() if value is not None}):
            return Hidden("asset", text, rule)
        if name.database_id is not None and self._table.get(keys.database(name.database_id)) is None:
            return NotFound("database", name.database_id)
        return NotFound("asset", text)

    def explain(self, callers: Callers, question: Question, manages: bool) -> AccessReport:
        """What both tiers say about a route and an asset, for the callers or for the user asked about.

        Hidden for an asset that the callers may not read, unless they manage policy.
        """
        asking = callers
        if question.user is not None:
            callers, *_ = self._look_up((self._asked_about(question.user),), None)
        route = None
        if question.route is not None:
            found, parameters = paths.find(question.route)
            route = OPEN
            if action := paths.action(found):
                route = callers.told(API, action, paths.facts(found, parameters), question)
        actions = {}
        if question.ref is not None:
            head = self._table.get(keys.head(question.ref.database_id, question.ref.asset_id))
            facts = {} if head is None else attributes(items.to_asset(head))
            if head is None or not (manages or asking.on_asset("read", facts).allowed):
                raise self._absent(asking, question.ref)
            actions = {action: callers.told(ASSET, action, facts, question) for action in ACTIONS}
        return callers.report(question, route, actions)

    def remains_managed(self, caller: Caller, change: PolicyChange) -> bool:
        """Whether somebody could change policy after this change, as far as the table tells."""
        return managers.remain(self._table, self._users, caller, change)

    def acting(self, call: Call) -> tuple[Identity, ...]:
        """The machine and the user it acts for, or the caller alone: only a machine can act for others."""
        identity = call.identity
        if identity.kind != "machine" or call.acts_for is None:
            return (identity,)
        user = self._users.find(call.acts_for)
        if user is None:
            raise Forbidden("x-user-id names no user of this system; name one of the user pool.")
        return identity, _without_sign_in(user)

    def named(self, name: str, person: str) -> Callers | None:
        """Who is called so, if it is still that person, with what they may without a sign-in; else None."""
        user = self._users.find(name)
        if user is not None and user.person == person:
            identity = _without_sign_in(user)
        elif user is None and name == person and is_machine(name):
            identity = _machine(name)
        else:
            return None
        callers, *_ = self._look_up((identity,), None, named=user)
        return callers

    def _asked_about(self, name: str) -> Identity:
        """A user of the pool as if just signed in, or a machine that has a membership."""
        user = self._users.find(name)
        if user is not None:
            return Identity(user.person, user.name, user.groups)
        if not is_machine(name) or self._table.get(keys.membership(name)) is None:
            raise NotFound("user", name)
        return _machine(name)

    def _look_up(
        self,
        identities: tuple[Identity, ...],
        key: keys.Key | None,
        once: Once | None = None,
        credential: str = "",
        named: User | None = None,
    ) -> tuple[Callers, Item | None, Once | Receipt | None]:
        """The callers with their roles of this moment, what is under a key, what is known of the request.

        `named` is the user of the only identity, where they were looked for already.
        """
        more = [key, None if once is None else receipts.key(once)]
        look, revision, *memberships, head, done = self._read_items(identities, more)
        standing = Standing(look, named.mfa) if named else self._standing(identities[0], look, credential)
        if standing is not None and standing.item is not look:
            self._read.pop(_names(identities), None)
        mfa = standing is not None and standing.counts(policy_snapshot.mfa_since(memberships[0]))
        revision = revision or self._table.get(policy_snapshot.REVISION_KEY)
        guard = self._guard_at(policy_snapshot.revision(revision))
        people = (
            counted(identity.with_roles(policy_snapshot.roles(membership)), guard.mfa_roles, mfa)
            for identity, membership in zip(identities, memberships, strict=True)
        )
        return Callers(guard, tuple(people)), head, once and receipts.read(done, once.asked_at)

    def _read_items(self, identities: tuple[Identity, ...], more: list[keys.Key | None]) -> list[Item | None]:
        """What the pool said of the caller, what tells the roles, more items; None for a key that is None."""
        people = _names(identities)
        at, known = self._read.get(people, (0.0, []))
        named = [key for key in more if key is not None]
        if not named and known and self._clock() - at < FRESH_SECONDS:
            return [*known, *(None for _ in more)]
        wanted = [self._revision_key, *(keys.membership(one.person) for one in identities)]
        wanted.insert(0, keys.look_at_person(identities[0].person))
        begun = self._clock()
        found = self._table.get_many(wanted + named)
        if len(self._read) >= KEPT_CALLERS:
            self._read.clear()
        self._read[people] = (begun, found[: len(wanted)])
        rest = iter(found[len(wanted) :])
        return [*found[: len(wanted)], *(None if key is None else next(rest) for key in more)]

    def _standing(self, identity: Identity, look: Item | None, credential: str) -> Standing | None:
        """Of one who has signed in, or is asked about as if they had; Unauthenticated where that is over."""
        if identity.kind != "user":
            return None
        if identity.sign_in is not None:
            return self._users.standing(identity, look, credential)
        user = self._users.find(identity.user)
        return None if user is None else Standing(look, user.mfa)

    def _guard_at(self, revision: int) -> Guard:
        now, moved = self._clock(), revision > self._revision
        if moved or now >= self._read_again_at:
            records, mfa_roles = policy_snapshot.load(self._table)
            self._guard = Guard((rule for record in records for rule in read(record)), mfa_roles)
            # A transaction comes into sight row by row: its revision may be seen before its rules.
            self._read_again_at = now + FRESH_SECONDS if moved and self._revision else math.inf
            self._revision = max(revision, self._revision)
        return self._guard


def _deleted(known: Once | Receipt | None) -> Asset | None:
    """The asset that this very request has deleted, when it is sent again."""
    done = known.result if isinstance(known, Receipt) else None
    return done.asset if isinstance(done, DeletedAsset) else None


def _without_sign_in(user: User) -> Identity:
    return Identity(user.person, user.name, user.groups, "named")


def _machine(name: str) -> Identity:
    """One that may do all that its roles allow."""
    return Identity(name, name, frozenset(), "machine", frozenset(SCOPES))


def _names(identities: tuple[Identity, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((one.person, one.kind) for one in identities)
