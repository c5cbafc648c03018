"""Casbin decides: both tiers, refusing by default."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from casbin import Enforcer
from casbin.persist import Adapter

from authz.identity import Identity
from authz.rules import Rule, applies

MODEL = Path(__file__).with_name("model.conf")

API = "api"
ASSET = "asset"


class RuleAdapter(Adapter):  # type: ignore[misc]
    """Hands Casbin the rules as parsed data, so that it never reads them as text."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = rules

    def load_policy(self, model: Any) -> None:
        model.model["p"]["p"].policy.extend([rule.tier, rule, rule.effect] for rule in self._rules)


class Guard:
    """One state of the rules; built once for each policy revision."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._enforcer = Enforcer(str(MODEL), RuleAdapter(rules))
        self._enforcer.add_function("applies", applies)
        self._empty = not self._enforcer.model.model["p"]["p"].policy

    def allows(self, tier: str, identity: Identity, action: str, attributes: Mapping[str, Any]) -> bool:
        """Whether some rule allows it and none denies it; without any rule nothing is allowed."""
        if self._empty:
            return False
        return bool(self._enforcer.enforce(tier, identity, action, attributes))
