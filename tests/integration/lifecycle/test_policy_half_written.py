"""A change of policy comes into sight row by row: who reads in its midst does not keep what was before."""

from typing import Any

import pytest
from assetversions.domain.errors import Forbidden
from assetversions.domain.model import AssetUid
from assetversions.operations.versions.publish_version import publish_version
from assetversions.runtime.admission import FRESH_SECONDS, Admission
from assetversions.runtime.call import Call
from assetversions.storage.dynamodb import policy_snapshot
from authz.identity import Identity

from tests.support import UID
from tests.support.aws_world import MemoryWorld

EDITOR = Identity("ann", "ann", frozenset({"editor"}))
FACTS = {"operation": "publish_version", "route": ("/publish",), "method": "POST"}
CALL = Call(publish_version, FACTS, EDITOR, acting=(EDITOR,))
WHO = {"roles": ["editor"], "actions": ["publish", "read"]}


def store(world: MemoryWorld, rule_id: str, tier: str, effect: str = "allow") -> None:
    rule = {"rule_id": rule_id, "tier": tier, "effect": effect, **WHO}
    policy_snapshot.add_missing(world.table, {rule_id: rule})


@pytest.fixture
def now() -> list[float]:
    return [100.0]


@pytest.fixture
def door(world: MemoryWorld, now: list[float]) -> Admission:
    """Warm."""
    people: Any = world.people
    door = Admission(world.table, people, lambda: now[0])
    store(world, "api", "api")
    store(world, "asset", "asset")
    door.admit(CALL, AssetUid(UID, "ast_a"))
    return door


def test_a_revocation_whose_revision_is_seen_before_its_rule_takes_hold_within_a_second(
    world: MemoryWorld, door: Admission, now: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = policy_snapshot.load(world.table)
    store(world, "no", "asset", "deny")
    with monkeypatch.context() as patch:
        patch.setattr(policy_snapshot, "load", lambda _table: before)
        door.admit(CALL, AssetUid(UID, "ast_a"))
    now[0] += FRESH_SECONDS
    with pytest.raises(Forbidden):
        door.admit(CALL, AssetUid(UID, "ast_a"))


def test_the_rules_are_read_twice_for_a_change_and_then_no_more(
    world: MemoryWorld, door: Admission, now: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    load, loads = policy_snapshot.load, list[float]()

    def counted(table: Any) -> Any:
        loads.append(now[0])
        return load(table)

    monkeypatch.setattr(policy_snapshot, "load", counted)
    store(world, "more", "asset")
    for _ in range(20):
        door.admit(CALL, AssetUid(UID, "ast_a"))
        now[0] += FRESH_SECONDS / 4
    assert loads == [100.0, 100.0 + FRESH_SECONDS]
