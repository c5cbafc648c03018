"""The rules, roles and memberships in the table, as plain data for the guard."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from assetversions.domain.policy import PolicyChange
from assetversions.storage.attempts import attempts
from assetversions.storage.dynamodb import keys, policy_items
from assetversions.storage.dynamodb.actions import Item
from assetversions.storage.dynamodb.items import time_of
from assetversions.storage.dynamodb.table import CONDITION_FAILED, Cancelled, Table

REVISION_KEY = keys.policy_revision()
# The same number in partitions of their own: one serves 3,000 reads a second, and each request makes one.
COPIES = tuple(map(keys.policy_revision, range(16)))


def load(table: Table, change: PolicyChange | None = None) -> tuple[list[Any], list[str]]:
    """Every rule's data, and the roles that count in an MFA sign-in only; one query, to its last page.

    As it is, or as it will be after a change.
    """
    items = {item[keys.SORT]: item for item in table.query(keys.POLICY)}
    if change is not None and change.before is not None:
        items.pop(policy_items.key(change.before)[keys.SORT], None)
    if change is not None and change.after is not None:
        items[policy_items.key(change.after)[keys.SORT]] = policy_items.from_thing(change.after)
    found = [item["rule"] for item in items.values() if "rule" in item]
    return found, [item["name"] for item in items.values() if item.get("requires_mfa")]


def revision(item: Item | None) -> int:
    """The policy's revision; 0 before the first rule was stored."""
    return 0 if item is None else int(item["revision"])


def roles(item: Item | None) -> list[str]:
    return [] if item is None else list(item["roles"])


def mfa_since(item: Item | None) -> datetime | None:
    """Since when a person's MFA is confirmed, as their membership has it."""
    found = item and item.get("mfa_since")
    return time_of(found) if found else None


def add_missing(table: Table, wanted: Mapping[str, Mapping[str, Any]], roles: Sequence[Item] = ()) -> int:
    """Store those rules and roles that the table lacks; returns how many were added.

    Where others change the policy meanwhile, it is read again.
    """
    items: list[Item] = [{**keys.rule(rule_id), "rule": dict(rule)} for rule_id, rule in wanted.items()]
    items += [{**keys.role(role["name"]), **role} for role in roles]
    stored = [{keys.PARTITION: item[keys.PARTITION], keys.SORT: item[keys.SORT]} for item in items]
    for _ in attempts():
        current, *found = table.get_many([REVISION_KEY, *stored])
        missing = [item for item, there in zip(items, found, strict=True) if there is None]
        moved = moved_policy(table, revision(current))
        try:
            if missing:
                table.insist([*moved, *(table.put_new(item) for item in missing)])
            break
        except Cancelled as cancelled:
            if CONDITION_FAILED not in cancelled.codes:
                raise
    return len(missing)


def moved_policy(table: Table, seen: int) -> list[Item]:
    """The actions that move the policy's revision with all its copies: who reads any knows it at once."""
    copies = (table.put({**key, "revision": seen + 1}) for key in COPIES)
    return [move_revision(table, seen, REVISION_KEY), *copies]


def move_revision(table: Table, seen: int, key: keys.Key) -> Item:
    """The action that moves a revision, if it is still the one seen."""
    return table.put_next(key, "revision", seen)
