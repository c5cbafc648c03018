"""The system with two assets in it, and with a guest who may read one of them."""

import os
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from assetversions.runtime import endpoint, wiring
from assetversions.storage.dynamodb import policy_snapshot
from moto import mock_aws

from tests.support.http_world import (
    CONSTRAINTS,
    ENVIRONMENT,
    World,
    constraint,
    make_table,
    on_path,
    starter,
    user,
)


@pytest.fixture
def world() -> Iterator[World]:
    made_once = (wiring.table, wiring.records, wiring.policies, wiring.files, wiring.s3, endpoint._admission)
    with patch.dict(os.environ, ENVIRONMENT), mock_aws():
        for made in (*made_once, wiring.manifests, wiring.job_store):
            made.cache_clear()
        make_table()
        found = World()
        with (
            patch.object(wiring, "users", lambda: found.people),
            patch("assetversions.runtime.admission.time.monotonic", lambda: found.clock),
        ):
            roles = [role | {"requires_mfa": False} for role in starter("starter_roles.json")]
            rules = {rule["rule_id"]: rule for rule in starter("starter_policy.json")}
            policy_snapshot.add_missing(wiring.table(), rules, roles)
            endpoint._admission()._clock = lambda: found.clock
            found.ok(user("admin"), "POST", "/database", {"databaseId": "db1", "description": "a database"})
            for name in ("public", "secret"):
                facts = {"databaseId": "db1", "assetId": name, "assetName": name, "description": "an asset"}
                found.ok(user("admin"), "POST", "/assets", facts | {"tags": [name]})
            yield found


@pytest.fixture
def guest(world: World) -> World:
    """Ann is a guest: what is tagged public in db1, to read."""
    admin = user("admin")
    world.ok(admin, "POST", "/roles", {"roleName": "guest", "description": "looks around"})
    world.ok(admin, "POST", CONSTRAINTS, constraint("guest-assets"))
    world.ok(admin, "POST", CONSTRAINTS, on_path("guest-api", "/database/db1/"))
    world.ok(admin, "POST", "/user-roles", {"userId": "ann", "roleName": ["guest"]})
    return world
