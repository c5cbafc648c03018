"""A world to ask for access in: an account in memory, the pool's users as told, a clock that we move."""

from typing import Any

from assetversions.runtime import authorizer

from tests.simulation.aws import Account
from tests.support import lambda_client
from tests.support.aws import People
from tests.support.lambda_client import Authorizer, Context, ask

ASSET = "/database/db1/assets/public"
CONSTRAINTS = "/auth/constraints"


class HttpWorld:
    """Ann has no group; the others are in the group of their name."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.clock = 0.0
        self.people = People()
        self.people.add("ann")
        for name in ("admin", "editor", "viewer"):
            self.people.add(name, name)

    def call(self, who: Authorizer, method: str, path: str, body: Any = None, **how: Any) -> tuple[int, Any]:
        """Status and body."""
        answer = ask(who, method, path, body, **how)
        return answer.status, answer.body

    def ok(self, *args: Any, **more: Any) -> Any:
        status, body = self.call(*args, **more)
        assert status == 200, body
        return body

    def later(self, seconds: float = 1.0) -> None:
        self.clock += seconds

    def token(self, key: str, variables: dict[str, str] | None = None) -> Authorizer:
        """What the authorizer of token routes finds."""
        event = {"headers": {"x-api-key": key}, "stageVariables": variables}
        found = authorizer.handler(event, Context())
        return {"lambda": found["context"]}

    def events(self) -> list[dict[str, Any]]:
        return list(self.ok(user("admin"), "GET", "/auth/events")["Items"])


def user(name: str) -> Authorizer:
    return lambda_client.user(name, *({name} - {"ann"}))


def constraint(name: str, **more: Any) -> dict[str, Any]:
    """Members of `guest` may read assets tagged public."""
    return {
        "identifier": name,
        "objectType": "asset",
        "criteriaAnd": [{"field": "tags", "operator": "contains", "value": "public"}],
        "groupPermissions": [{"groupId": "guest", "permission": "GET", "permissionType": "allow"}],
    } | more


def on_path(name: str, start: str, **more: Any) -> dict[str, Any]:
    path = {"field": "route__path", "operator": "starts_with", "value": start}
    return constraint(name, objectType="api", criteriaAnd=[path], **more)
