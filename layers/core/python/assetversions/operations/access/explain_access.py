"""Tell who calls and what both tiers allow, with the rule that decides: how to debug a 403."""

from assetversions.domain.access_report import AccessReport
from assetversions.domain.commands.access import ExplainAccess
from assetversions.domain.errors import Forbidden
from assetversions.domain.ports.services import Services
from assetversions.engine.operation import operation


@operation(action="whoami", writes=False)
def explain_access(command: ExplainAccess, services: Services) -> AccessReport:
    """About oneself; about a named user only for those who may change policy."""
    question = command.question
    if question.user is not None and not services.guard.manages():
        raise Forbidden("Only those who may change policy ask about a user by name; leave it out.")
    return services.guard.explain(question)
