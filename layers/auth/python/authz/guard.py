"""Casbin decides: both tiers, refusing by default."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from authz.bundle import Bundle, applies
from authz.identity import Identity
from authz.lean_casbin import Adapter, Enforcer
from authz.rules import ANY, Key, Rule

MODEL = Path(__file__).with_name("model.conf")

# A tier, `role` or `user`, and its name.
Subject = tuple[str, str, str]

API = "api"
ASSET = "asset"
# One enforcer serves all callers with the same roles; beyond so many kinds of caller we start anew.
KEPT = 512
# A policy may have any number of roles: of those that may do a thing, so many are looked at.
MOST_ROLES = 20

# It would write every refused request into the log, rules and all.
logging.getLogger("casbin.enforcer").setLevel(logging.ERROR)


class Decision(Struct, frozen=True):
    """`rule` is the id of the rule that decided; None where nothing spoke for it."""

    allowed: bool
    rule: str | None


class RuleAdapter(Adapter):  # type: ignore[misc]
    """Hands Casbin the rules as parsed data, one line an effect, so that it never reads them as text."""

    def __init__(self, tier: str, rules: Collection[Rule]) -> None:
        self._tier = tier
        self._rules = rules

    def load_policy(self, model: Any) -> None:
        for effect in ("deny", "allow"):
            if rules := tuple(rule for rule in self._rules if rule.effect == effect):
                model.model["p"]["p"].policy.append([self._tier, Bundle(rules), effect])


class Guard:
    """One state of the rules; built once for each policy revision.

    Casbin evaluates every line it holds, so each kind of caller gets an enforcer with the rules that
    concern it, found by an index over role and user, when it first asks.
    """

    def __init__(self, rules: Iterable[Rule], mfa_roles: Iterable[str] = ()) -> None:
        self.mfa_roles = frozenset(mfa_roles)
        self._index: dict[Subject, list[Rule]] = defaultdict(list)
        self._allowing: dict[str, list[Rule]] = defaultdict(list)
        self._enforcers: dict[Any, Enforcer | None] = {}
        for rule in rules:
            if rule.effect == "allow":
                self._allowing[rule.tier].append(rule)
            for role in rule.roles:
                self._index[rule.tier, "role", role].append(rule)
            for user in rule.users:
                self._index[rule.tier, "user", user].append(rule)

    def allows(self, tier: str, identity: Identity, action: str, attributes: Mapping[str, Any]) -> bool:
        """Whether some rule allows it and none denies it; without any rule nothing is allowed."""
        return self.decide(tier, identity, action, attributes).allowed

    def decide(self, tier: str, identity: Identity, action: str, attributes: Mapping[str, Any]) -> Decision:
        """The same, with the rule that decided."""
        enforcer = self._enforcer(tier, identity, frozenset({action, attributes.get("method", action)}))
        if enforcer is None:
            return Decision(False, None)
        allowed, line = enforcer.enforce_ex(tier, attributes)
        decider = line[1].first(attributes) if line else None
        return Decision(bool(allowed), None if decider is None else decider.rule_id)

    def roles_that_may(self, tier: str, action: str, attributes: Mapping[str, Any]) -> tuple[str, ...]:
        """Those, by name, that alone would do: each is decided on like a caller who has no other."""
        wanted = {action, attributes.get("method", action), ANY}
        speaking = (
            rule
            for rule in self._allowing[tier]
            if not wanted.isdisjoint(rule.actions) and rule.fits(attributes)
        )
        named = sorted({role for rule in speaking for role in rule.roles})[:MOST_ROLES]
        alone = ((role, Identity("", "", frozenset({role}))) for role in named)
        return tuple(role for role, one in alone if self.allows(tier, one, action, attributes))

    def reach(
        self, tier: str, identity: Identity, action: str, known: Mapping[str, Any], by: Collection[str]
    ) -> frozenset[Key] | None:
        """Values of the attributes `by`: all that may be allowed, of which so much is known, has one of them.

        None where the rules say less than that.
        """
        found: set[Key] = set()
        for rule in self._concerning(self._subjects(tier, identity), frozenset({action})):
            if rule.effect == "allow" and rule.fits(known):
                ways = [way for way in rule.ways() if all(attribute in by for attribute, _ in way)]
                if not ways:
                    return None
                found |= min(ways, key=len)
        return frozenset(found)

    def _enforcer(self, tier: str, identity: Identity, actions: frozenset[str]) -> Enforcer | None:
        """None where no rule concerns the caller and the action."""
        known = self._subjects(tier, identity)
        key = (known, actions)
        if key not in self._enforcers:
            if len(self._enforcers) >= KEPT:
                self._enforcers.clear()
            self._enforcers[key] = self._build(tier, known, actions)
        return self._enforcers[key]

    def _subjects(self, tier: str, identity: Identity) -> tuple[Subject, ...]:
        """Those that some rule names."""
        roles = [(tier, "role", role) for role in sorted(identity.roles)]
        return tuple(one for one in (*roles, (tier, "user", identity.person)) if one in self._index)

    def _concerning(self, subjects: Iterable[Subject], actions: frozenset[str]) -> list[Rule]:
        wanted = actions | {ANY}
        found = {id(rule): rule for subject in subjects for rule in self._index[subject]}
        return [rule for rule in found.values() if not wanted.isdisjoint(rule.actions)]

    def _build(self, tier: str, subjects: Iterable[Subject], actions: frozenset[str]) -> Enforcer | None:
        rules = self._concerning(subjects, actions)
        if not rules:
            return None
        enforcer = Enforcer(str(MODEL), RuleAdapter(tier, rules))
        enforcer.add_function("applies", applies)
        return enforcer
