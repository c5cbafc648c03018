"""Rules of one effect, found by what they ask to be equal: thousands of them cost what a few do."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from authz.rules import ANYTHING, Rule

Numbered = tuple[int, Rule]


class Bundle:
    """Rules of one effect that concern one kind of caller: one line of Casbin's policy.

    Not a list: Casbin's evaluator would look through all of it, each time, for what is not allowed there.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._any: list[Numbered] = []
        self._by_value: dict[str, dict[str, list[Numbered]]] = defaultdict(lambda: defaultdict(list))
        common = Counter(key for rule in rules for keys in rule.ways() for key in keys)
        for number, rule in enumerate(rules):
            ways = rule.ways()
            if not ways:
                self._any.append((number, rule))
                continue
            # The way that leaves the fewest other rules to look at.
            for attribute, value in min(ways, key=lambda keys: sum(common[key] for key in keys)):
                self._by_value[attribute][value].append((number, rule))

    def first(self, attributes: Mapping[str, Any]) -> Rule | None:
        """The first rule whose conditions are true of the attributes."""
        found = dict(chain(self._any, *self._asked_for(attributes)))
        return next((rule for _, rule in sorted(found.items(), key=_number) if rule.fits(attributes)), None)

    def _asked_for(self, attributes: Mapping[str, Any]) -> Iterator[list[Numbered]]:
        """Those that an attribute's value may make true."""
        for attribute, by_value in self._by_value.items():
            actual = attributes.get(attribute)
            if actual is ANYTHING:
                yield from by_value.values()
            elif actual is not None:
                values = (actual,) if isinstance(actual, str) else actual
                yield from (by_value[value] for value in values if value in by_value)


def applies(bundle: Bundle, attributes: Mapping[str, Any]) -> bool:
    """The one comparison that Casbin calls."""
    return bundle.first(attributes) is not None


def _number(numbered: Numbered) -> int:
    return numbered[0]
