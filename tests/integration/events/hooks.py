"""Making webhooks, and what came of them."""

from typing import Any

from tests.integration.events.outlet import Outlet
from tests.support.http_world import HttpWorld, user
from tests.support.receiver import Receiver

ADMIN, EDITOR, VIEWER = user("admin"), user("editor"), user("viewer")
PATHS = {name: f"/database/db1/assets/{name}" for name in ("public", "secret")}


def make(world: HttpWorld, here: Receiver, who: Any = ADMIN, **facts: Any) -> Any:
    return world.ok(who, "POST", "/webhooks", {"url": here.url, "events": ["version.*"]} | facts)


def subscribe(world: HttpWorld, *names: str, asset: str = "public") -> None:
    about = {"eventName": "Asset Version Change", "entityName": "Asset", "entityId": asset}
    world.ok(ADMIN, "POST", "/subscriptions", about | {"subscribers": list(names)})


def create(world: HttpWorld, outlet: Outlet, asset: str = "public") -> None:
    world.ok(ADMIN, "POST", f"{PATHS[asset]}/createVersion", {"allowEmpty": True})
    assert outlet.publish() == []


def versions(here: Receiver, secret: str) -> list[tuple[str, int]]:
    """The asset and the number of each that came, verified."""
    return [(event["data"]["assetId"], event["data"]["version"]) for event in here.events(secret)]


def states(world: HttpWorld, hook: Any, who: Any = ADMIN) -> list[str]:
    """Oldest first."""
    found = world.ok(who, "GET", f"/webhooks/{hook['webhookId']}/deliveries")["Items"]
    return [one["state"] for one in reversed(found)]
