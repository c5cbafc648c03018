"""The system with two assets in it, and with a guest who may read one of them."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from assetversions.runtime import admitted, wiring
from assetversions.storage.dynamodb import policy_snapshot

from tests.support.aws import STARTER_RULES, starter
from tests.support.http_world import CONSTRAINTS, HttpWorld, constraint, on_path, user
from tests.support.in_memory import account, in_memory


@pytest.fixture
def world() -> Iterator[HttpWorld]:
    made = account()
    with in_memory(made):
        found = HttpWorld(made)
        with (
            patch.object(wiring, "users", lambda: found.people),
            patch("assetversions.runtime.admission.time.monotonic", lambda: found.clock),
        ):
            roles = [role | {"requires_mfa": False} for role in starter("starter_roles.json")]
            rules = {rule["rule_id"]: rule for rule in STARTER_RULES}
            policy_snapshot.add_missing(wiring.table(), rules, roles)
            admitted.admission()._clock = lambda: found.clock
            found.ok(user("admin"), "POST", "/database", {"databaseId": "db1", "description": "a database"})
            for name in ("public", "secret"):
                facts = {"databaseId": "db1", "assetId": name, "assetName": name, "description": "an asset"}
                found.ok(user("admin"), "POST", "/assets", facts | {"tags": [name]})
            yield found


@pytest.fixture
def guest(world: HttpWorld) -> HttpWorld:
    """Ann is a guest: what is tagged public in db1, to read."""
    admin = user("admin")
    world.ok(admin, "POST", "/roles", {"roleName": "guest", "description": "looks around"})
    world.ok(admin, "POST", CONSTRAINTS, constraint("guest-assets"))
    world.ok(admin, "POST", CONSTRAINTS, on_path("guest-api", "/database/db1/"))
    world.ok(admin, "POST", "/user-roles", {"userId": "ann", "roleName": ["guest"]})
    return world
