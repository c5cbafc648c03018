"""The guard of what nobody asks for at the door: a job's step, a message of a queue."""

from assetversions.domain.access_report import AccessReport, Question
from assetversions.domain.policy import PolicyChange, User


class NoGuard:
    """What was asked for was allowed then; what follows from it asks for nothing more."""

    def sees(self, _known: dict[str, object]) -> bool:
        return True

    def allows(self, _action: str, _attributes: dict[str, object]) -> bool:
        return False

    def reads(self, _user: User, _attributes: dict[str, object]) -> bool:
        return False

    def calls(self, _method: str, _action: str) -> bool:
        return False

    def decider(self, _action: str, _attributes: dict[str, object]) -> str | None:
        return None

    def assets_within(self, _database_id: str) -> None:
        return None

    def databases(self) -> None:
        return None

    def manages(self) -> bool:
        return False

    def alone(self) -> bool:
        return True

    def remains_managed(self, _change: PolicyChange) -> bool:
        return False

    def explain(self, question: Question) -> AccessReport:
        return AccessReport((), question, None, {})
