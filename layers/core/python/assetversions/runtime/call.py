"""One call of an operation, as it is admitted, logged and put on record."""

from typing import Any

from authz.identity import Identity
from msgspec import Struct

from assetversions.domain.once import Once
from assetversions.engine.operation import AnyOperation

Facts = dict[str, Any]


class Call(Struct, frozen=True):
    """Who calls what: `facts` is what rules see of the route, `acts_for` the user that a machine names.

    `acting` is the machine and that user, or the caller alone, once that is found out; `once` where it comes
    under an idempotency key; `credential` is what the caller sent.
    """

    operation: AnyOperation
    facts: Facts
    identity: Identity
    acts_for: str | None = None
    once: Once | None = None
    credential: str = ""
    acting: tuple[Identity, ...] = ()

    @property
    def named(self) -> str:
        """Everyone behind the call, for the audit."""
        return f"{self.identity.user} for {self.acts_for}" if self.acts_for_another else self.identity.user

    @property
    def persons(self) -> str:
        """The same for what a key names: another one may have that name later."""
        return " for ".join(one.person for one in self.acting)

    @property
    def acts_for_another(self) -> bool:
        """In a user's own request the name means nothing."""
        return self.identity.kind == "machine" and self.acts_for is not None
