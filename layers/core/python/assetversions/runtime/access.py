"""What the rules say about one call: by its caller, or by a machine and the user that it acts for."""

from collections.abc import Collection, Mapping
from typing import Any, get_args

from authz.guard import API, ASSET, Decision, Guard
from authz.identity import SIGNED_IN, TOKENS, Identity
from authz.rules import ANYTHING, Condition, Key
from msgspec import Struct
from msgspec.structs import replace

from assetversions.domain.access_report import AccessReport, Person, Question, Verdict
from assetversions.domain.errors import NO_RULE, Forbidden, NoRule

Attributes = Mapping[str, Any]
Reach = frozenset[Key] | None
_UNKNOWN = dict.fromkeys(get_args(Condition.model_fields["attribute"].annotation), ANYTHING)


class Caller(Struct, frozen=True):
    """An identity with the roles that count now, and those that don't without an MFA sign-in.

    `mfa` where this is such a sign-in.
    """

    identity: Identity
    dropped: frozenset[str] = frozenset()
    mfa: bool = False


def counted(identity: Identity, mfa_roles: frozenset[str], mfa: bool) -> Caller:
    """A role that requires MFA counts for a user's own sign-in with it, and for nothing else."""
    signed_in = mfa and identity.kind == "user"
    dropped = frozenset() if signed_in else identity.roles & mfa_roles
    return Caller(replace(identity, roles=identity.roles - dropped), dropped, signed_in)


class Callers(Struct, frozen=True):
    """All of them must be allowed: a machine that acts for a user may do what both may."""

    guard: Guard
    people: tuple[Caller, ...]

    @property
    def whom(self) -> Identity:
        """Who a change is recorded for."""
        return self.people[-1].identity

    @property
    def named(self) -> str:
        """Everyone behind the call, for the audit."""
        return " for ".join(person.identity.user for person in self.people)

    def on_api(self, action: str, facts: Attributes) -> Decision:
        return self._decide(API, action, facts)

    def on_asset(self, action: str, facts: Attributes) -> Decision:
        return self._decide(ASSET, action, facts)

    def sees(self, known: Attributes) -> bool:
        """Whether they may read whatever this is known of: what is known allows it, and no rule might not."""
        return all(self.on_asset("read", facts).allowed for facts in (known, {**_UNKNOWN, **known}))

    def reach(self, known: Attributes, by: Collection[str]) -> Reach:
        """As the guard has it, for whom it says most: all of them must be allowed."""
        found = [self.guard.reach(ASSET, one.identity, "read", known, by) for one in self.people]
        return min((one for one in found if one is not None), key=len, default=None)

    def assets_within(self, database_id: str) -> Reach:
        return self.reach({**_UNKNOWN, "database_id": database_id}, ("asset_id", "tags"))

    def databases(self) -> Reach:
        return self.reach({"database_id": ANYTHING}, ("database_id",))

    def _decide(self, tier: str, action: str, facts: Attributes) -> Decision:
        """The first refusal, or the first caller's yes."""
        decisions = [self._one(tier, person.identity, action, facts) for person in self.people]
        return next((decision for decision in decisions if not decision.allowed), decisions[0])

    def _one(self, tier: str, identity: Identity, action: str, facts: Attributes) -> Decision:
        if not identity.covers(action):
            return Decision(False, None)
        decision = self.guard.decide(tier, identity, action, facts)
        # What every signed-in caller may do needs no rule; a rule may forbid it.
        if tier == API and action in SIGNED_IN and decision.rule is None:
            return Decision(True, None)
        return decision

    def verdict(self, decision: Decision, action: str) -> Verdict:
        """A decision in words."""
        if decision.rule is not None:
            word = "allows" if decision.allowed else "denies"
            return Verdict(decision.allowed, decision.rule, f"Rule '{decision.rule}' {word} it.")
        if decision.allowed:
            return Verdict(True, None, "Everyone who is signed in may.")
        short = [person.identity for person in self.people if not person.identity.covers(action)]
        if short and short[0].kind == "token" and action == TOKENS:
            return Verdict(False, None, "With an API token nobody keeps API tokens: sign in.")
        if short:
            return Verdict(False, None, f"The scopes of {short[0].user} do not cover it.")
        return Verdict(False, None, NO_RULE)

    def told(self, tier: str, action: str, facts: Attributes, question: Question) -> Verdict:
        """What is decided, in words; who may, where that is asked: no role widens a credential's scopes."""
        verdict = self.verdict(self._decide(tier, action, facts), action)
        covered = all(person.identity.covers(action) for person in self.people)
        if verdict.allowed or not covered or not question.who_may:
            return verdict
        return replace(verdict, roles=self.guard.roles_that_may(tier, action, facts))

    def refusal(self, message: str, decision: Decision, action: str) -> Forbidden:
        """A decision as an error, with its reason."""
        reason = self.verdict(decision, action).reason
        return NoRule(message) if reason == NO_RULE else Forbidden(f"{message} {reason}", decision.rule)

    def report(
        self, question: Question, route: Verdict | None, actions: Mapping[str, Verdict]
    ) -> AccessReport:
        people = tuple(
            Person(who.person, who.user, who.kind, who.roles, one.dropped, who.scopes)
            for one in self.people
            for who in (one.identity,)
        )
        return AccessReport(people, question, route, actions)
