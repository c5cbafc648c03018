"""One call of an operation, as it is admitted, logged and put on record."""

from dataclasses import dataclass
from typing import Any

from authz.identity import Identity

from assetversions.domain.once import Once
from assetversions.engine.operation import AnyOperation

Facts = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """Who calls what: `facts` is what rules see of the route, `acts_for` the user that a machine names.

    `once` where it comes under an idempotency key; `credential` is what the caller sent.
    """

    operation: AnyOperation
    facts: Facts
    identity: Identity
    acts_for: str | None = None
    once: Once | None = None
    credential: str = ""

    @property
    def named(self) -> str:
        """Everyone behind the call, for the audit."""
        return self._behind(self.identity.user)

    @property
    def person(self) -> str:
        """The same for what a key names: another one may have that name later."""
        return self._behind(self.identity.person)

    @property
    def acts_for_another(self) -> bool:
        """In a user's own request the name means nothing."""
        return self.identity.kind == "machine" and self.acts_for is not None

    def _behind(self, caller: str) -> str:
        return f"{caller} for {self.acts_for}" if self.acts_for_another else caller
