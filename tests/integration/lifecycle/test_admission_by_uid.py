"""An asset named by its uid alone: found, and guarded as one that is named in full."""

from typing import Any

import pytest
from assetversions.domain.errors import Forbidden, NotFound
from assetversions.domain.model import AssetUid, Database
from assetversions.operations.versions.publish_version import publish_version
from assetversions.runtime.admission import Admission
from assetversions.runtime.call import Call
from assetversions.storage.dynamodb import policy_snapshot
from authz.identity import Identity

from tests.support import REF, UID
from tests.support.aws_world import MemoryWorld

NAMED, UNKNOWN = AssetUid(UID, "ast_a"), AssetUid(7, "ast_unknown")
EDITOR = Identity("ann", "ann", frozenset({"editor"}))
FACTS = {"operation": "publish_version", "route": ("/publish",), "method": "POST"}
CALL = Call(publish_version, FACTS, EDITOR, acting=(EDITOR,))


def rule(rule_id: str, tier: str, effect: str = "allow", **facts: Any) -> dict[str, Any]:
    who = {"roles": ["editor"], "actions": ["publish", "read"]}
    return {"rule_id": rule_id, "tier": tier, "effect": effect, **who, **facts}


def admit(world: MemoryWorld, name: AssetUid, *rules: dict[str, Any]) -> Any:
    policy_snapshot.add_missing(world.table, {one["rule_id"]: one for one in rules})
    people: Any = world.people
    return Admission(world.table, people).admit(CALL, name)


def test_the_asset_is_found_with_its_head(world: MemoryWorld) -> None:
    _guard, asset = admit(world, NAMED, rule("api", "api"), rule("asset", "asset"))
    assert asset == world.head()


def test_both_tiers_are_asked(world: MemoryWorld) -> None:
    with pytest.raises(Forbidden, match="call"):
        admit(world, NAMED, rule("asset", "asset"))
    here = {"attribute": "asset_id", "operator": "equals", "values": [REF.asset_id]}
    with pytest.raises(Forbidden, match="publish asset"):
        deny = rule("deny", "asset", "deny", conditions=[here], actions=["publish"])
        admit(world, NAMED, rule("api", "api"), rule("asset", "asset"), deny)


def test_an_unknown_one_is_not_found_by_its_own_name(world: MemoryWorld) -> None:
    with pytest.raises(NotFound, match="ast_unknown"):
        admit(world, UNKNOWN, rule("api", "api"), rule("asset", "asset"))


def test_where_a_database_is_named_the_asset_must_be_in_it(world: MemoryWorld) -> None:
    _guard, asset = admit(
        world, AssetUid(UID, "engine", REF.database_id), rule("api", "api"), rule("a", "asset")
    )
    assert asset == world.head()
    world.records.add_database(Database("ships", "another", world.clock.now(), "ann"))
    for name in (AssetUid(UID, "engine", "ships"), AssetUid(7, "engine", REF.database_id)):
        with pytest.raises(NotFound, match="engine") as missing:
            admit(world, name)
        assert missing.value.kind == "asset"


@pytest.mark.parametrize("uid", [UID, 7])
def test_an_unknown_database_is_not_found_as_such(world: MemoryWorld, uid: int) -> None:
    with pytest.raises(NotFound, match="planes") as missing:
        admit(world, AssetUid(uid, "engine", "planes"), rule("api", "api"), rule("asset", "asset"))
    assert missing.value.kind == "database"


def test_who_may_not_call_is_not_told_what_there_is(world: MemoryWorld) -> None:
    with pytest.raises(Forbidden):
        admit(world, UNKNOWN)
