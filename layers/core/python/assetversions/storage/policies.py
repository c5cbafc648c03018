"""The rules and memberships in the table, as plain data for the guard."""

from collections.abc import Iterator, Mapping
from typing import Any

from assetversions.storage import keys
from assetversions.storage.table import Item, Table

REVISION_KEY = keys.policy_revision()


def rules(table: Table) -> Iterator[Any]:
    """Every rule's data, to the last page."""
    return (item["rule"] for item in table.query(keys.POLICY, prefix=keys.RULE_PREFIX))


def membership_key(user: str) -> keys.Key:
    return keys.membership(user)


def revision(item: Item | None) -> int:
    """The policy's revision; 0 before the first rule was stored."""
    return 0 if item is None else int(item["revision"])


def roles(item: Item | None) -> list[str]:
    return [] if item is None else list(item["roles"])


def add_missing(table: Table, wanted: Mapping[str, Mapping[str, Any]]) -> int:
    """Store those rules that the table lacks, and move the revision; returns how many were added."""
    rule_keys = [keys.rule(rule_id) for rule_id in wanted]
    current, *found = table.get_many([REVISION_KEY, *rule_keys])
    missing = [
        {**key, "rule": dict(rule)}
        for key, rule, item in zip(rule_keys, wanted.values(), found, strict=True)
        if item is None
    ]
    if missing:
        after = {**REVISION_KEY, "revision": revision(current) + 1}
        moved = (
            table.put_new(after) if current is None else table.put_if(after, "revision", current["revision"])
        )
        table.transact([moved, *(table.put_new(item) for item in missing)])
    return len(missing)
