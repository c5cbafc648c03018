"""What was decided at the door about a call's callers, for the operation to ask further."""

from typing import TYPE_CHECKING

from authz.identity import Identity
from msgspec import Struct

from assetversions.domain.access_report import AccessReport, Question
from assetversions.domain.once import Once, Receipt
from assetversions.domain.policy import PolicyChange, User
from assetversions.runtime.access import Caller, Callers, Reach
from assetversions.runtime.call import Facts

if TYPE_CHECKING:
    from assetversions.runtime.admission import Admission


class Pass(Struct, frozen=True):
    """What an operation asks about its caller: the `Guard` port. `rule` is the one that let them in.

    `identity` is the caller with the roles of the credential alone.
    `known` is what the table has of the call's idempotency key.
    """

    callers: Callers
    identity: Identity
    facts: Facts
    admission: "Admission"
    rule: str | None = None
    known: Once | Receipt | None = None

    def allows(self, action: str, attributes: Facts) -> bool:
        return self.callers.on_asset(action, attributes).allowed

    def reads(self, user: User, attributes: Facts) -> bool:
        callers = self.admission.named(user.name, user.person)
        return callers is not None and callers.on_asset("read", attributes).allowed

    def calls(self, method: str, action: str) -> bool:
        return self.callers.on_api(action, self.facts | {"method": method}).allowed

    def decider(self, action: str, attributes: Facts) -> str | None:
        return self.callers.on_asset(action, attributes).rule

    def sees(self, known: Facts) -> bool:
        return self.callers.sees(known)

    def assets_within(self, database_id: str) -> Reach:
        return self.callers.assets_within(database_id)

    def databases(self) -> Reach:
        return self.callers.databases()

    def manages(self) -> bool:
        return self.callers.on_api("policy", self.facts).allowed

    def alone(self) -> bool:
        return len(self.callers.people) == 1

    def remains_managed(self, change: PolicyChange) -> bool:
        return self.admission.remains_managed(Caller(self.identity, mfa=self.callers.people[0].mfa), change)

    def explain(self, question: Question) -> AccessReport:
        return self.admission.explain(self.callers, question, self.manages())
