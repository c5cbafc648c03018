"""Both tiers at the door: tokens and memberships give roles, and the rules in the table decide."""

import json
from dataclasses import replace
from typing import Any

import boto3
import pytest
from assetversions.dialects import ROUTES
from assetversions.runtime import wiring
from assetversions.storage import keys, policies

from tests.contract.aws import Calls, store_rules
from tests.contract.client import Client, Context, handler, match

ASSET = "/database/db1/assets/a1"
BODIES: dict[str, Any] = {
    "POST /database": {"databaseId": "new", "description": "a database"},
    "POST /assets": {"databaseId": "db1", "assetName": "B", "description": "an asset"},
    "PUT": {"comment": "better"},
}

admin, editor, viewer = (Client(name, (name,)) for name in ("admin", "editor", "viewer"))
nobody = Client("nobody", ())


@pytest.fixture(autouse=True)
def asset(calls: Calls) -> Calls:
    """Two versions of `a1`, which admin owns."""
    admin("POST", "/database", {"databaseId": "db1", "description": "a database"})
    admin(
        "POST", "/assets", {"databaseId": "db1", "assetId": "a1", "assetName": "A", "description": "an asset"}
    )
    for _ in range(2):
        assert admin("POST", f"{ASSET}/createVersion").status == 200
    return calls


def path_of(key: str) -> str:
    path = key.split(" ")[1]
    return path.replace("{databaseId}", "db1").replace("{assetId}", "a1").replace("{assetVersionId}", "1")


def statuses(client: Client) -> dict[str, int]:
    """What each guarded route answers this client."""
    found = {}
    for route in ROUTES:
        if not route.open:
            method = route.key.split(" ")[0]
            body = BODIES.get(route.key, BODIES.get(method))
            found[route.operation] = client(method, path_of(route.key), body).status
    return found


def deny(**facts: Any) -> None:
    rule = {"rule_id": "extra", "tier": "asset", "effect": "deny", "roles": ["editor"], "actions": ["*"]}
    store_rules([rule | facts])


def test_an_admin_and_an_editor_may_call_every_operation_of_today():
    assert set(statuses(admin).values()) == {200}
    assert 403 not in statuses(editor).values()


def test_a_viewer_may_read_and_nothing_else():
    allowed = {operation for operation, status in statuses(viewer).items() if status == 200}
    reads = {"list_databases", "get_database", "list_assets", "get_asset", "list_versions", "get_version"}
    assert allowed == reads
    assert set(statuses(viewer).values()) == {200, 403}


def test_without_a_role_every_guarded_route_is_forbidden():
    assert set(statuses(nobody).values()) == {403}
    assert set(statuses(Client("x", ("unknown-role",))).values()) == {403}


def test_open_routes_need_nobody():
    for route in ROUTES:
        if route.open:
            event = {"routeKey": route.key, "requestContext": {"domainName": "d"}}
            assert handler(route.key)(event, Context())["statusCode"] == 200


@pytest.mark.parametrize("authorizer", [{}, {"authorizer": {}}, {"authorizer": {"jwt": {"claims": {}}}}])
def test_without_an_identity_the_answer_is_401(authorizer: dict[str, Any]):
    key, parameters = match("GET", ASSET)
    event = {"routeKey": key, "pathParameters": parameters, "requestContext": authorizer}
    reply = handler(key)(event, Context())
    assert (reply["statusCode"], set(json.loads(reply["body"]))) == (401, {"message"})


def test_a_membership_in_the_table_gives_roles():
    assert nobody("GET", ASSET).status == 403
    item = {**policies.membership_key("nobody"), "roles": ["viewer"]}
    boto3.resource("dynamodb").Table("table").put_item(Item=item)
    assert nobody("GET", ASSET).status == 200
    assert nobody("POST", f"{ASSET}/createVersion").status == 403
    assert replace(nobody, user="other")("GET", ASSET).status == 403


def test_a_rule_takes_hold_with_the_next_request_of_a_warm_container():
    assert editor("GET", ASSET).status == 200
    deny()
    assert editor("GET", ASSET).status == 403
    assert viewer("GET", ASSET).status == 200


def test_the_rules_are_read_once_for_each_revision(asset: Calls):
    viewer("GET", ASSET)
    asset.clear()
    viewer("GET", ASSET)
    assert "Query" not in asset.names
    deny()
    asset.clear()
    viewer("GET", ASSET)
    assert asset.names.count("Query") == 1


def test_a_rule_in_the_table_that_cannot_be_read_lets_nobody_in():
    table = boto3.resource("dynamodb").Table("table")
    table.put_item(Item={**keys.rule("bad"), "rule": {"rule_id": "bad", "effect": "allow"}})
    table.put_item(Item={**policies.REVISION_KEY, "revision": 99})
    assert {admin("GET", ASSET).status, admin("GET", ASSET).status} == {500}


def test_the_asset_tier_refuses_by_attributes_what_the_api_tier_allows():
    deny(conditions=[{"attribute": "asset_id", "operator": "equals", "values": ["a1"]}])
    created = editor(
        "POST", "/assets", {"databaseId": "db1", "assetId": "a2", "assetName": "B", "description": "mine"}
    )
    assert created.status == 200
    assert editor("GET", "/database/db1/assets/a2").status == 200
    assert editor("GET", ASSET).status == 403
    listed = editor("GET", "/database/db1/assets").body["Items"]
    assert [item["assetId"] for item in listed] == ["a2"]


def test_a_rule_on_an_operation_closes_that_one_alone():
    conditions = [{"attribute": "operation", "operator": "equals", "values": ["revert_version"]}]
    deny(tier="api", conditions=conditions)
    assert editor("POST", f"{ASSET}/revertAssetVersion/1").status == 403
    assert editor("POST", f"{ASSET}/createVersion").status == 200


def test_what_is_missing_is_named_to_those_who_may_ask():
    for path, missing in (
        ("/database/dbx/assets/a1", "database 'dbx'"),
        ("/database/db1/assets/ax", "asset 'ax'"),
    ):
        answer = viewer("GET", path)
        assert (answer.status, missing in answer.body["message"]) == (404, True)
        assert nobody("GET", path).status == 403


def test_a_bad_request_of_someone_without_permission_is_forbidden_first():
    assert viewer("POST", f"{ASSET}/createVersion", {"comment": 5}).status == 403
    assert editor("POST", f"{ASSET}/createVersion", {"comment": 5}).status == 400


def test_the_starter_rules_are_added_once_and_never_overwritten():
    before = list(policies.rules(wiring.table()))
    assert (
        policies.add_missing(wiring.table(), {rule["rule_id"]: {**rule, "effect": "deny"} for rule in before})
        == 0
    )
    assert list(policies.rules(wiring.table())) == before
