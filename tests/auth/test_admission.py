"""Both tiers at the door: tokens and memberships give roles, and the rules in the table decide."""

import json
import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import boto3
import pytest
from assetversions.dialects import ROUTES
from assetversions.dialects.autodesk_dm import ids as autodesk_dm
from assetversions.dialects.autodesk_vault.ids import VAULTS
from assetversions.dialects.route import Route
from assetversions.domain import ids
from assetversions.domain.policy import User
from assetversions.runtime import paths, wiring
from assetversions.storage import keys, policies

from tests.contract.aws import Calls, store_rules
from tests.contract.client import Client, Context, handler, match

ASSET = "/database/db1/assets/a1"
ASSET_PATH = "/database/{databaseId}/assets/{assetId}"
PLACE = {"databaseId": "db1", "assetId": "a1"}
UPLOAD = PLACE | {"uploadType": "assetFile"}
# Fields that a route does not know are ignored: one body says what almost every route wants to hear.
BODY: dict[str, Any] = {
    "databaseId": "db1",
    "assetName": "B",
    "description": "an asset",
    "comment": "better",
    "notes": "better",
    "downloadType": "assetFile",
    "key": "a.txt",
    "filePath": "a.txt",
    "eventName": "Asset Version Change",
    "entityName": "Asset",
    "entityId": "a1",
    "identifier": "one",
    "objectType": "asset",
    "criteriaAnd": [{"field": "assetId", "operator": "equals", "value": "else"}],
    "groupPermissions": [{"groupId": "guest", "permission": "GET", "permissionType": "allow"}],
    "roleName": "guest",
    "mfaRequired": False,
    "name": "a token",
    "data": {"type": "versions"},
}
BODIES: dict[str, dict[str, Any]] = {
    "POST /database": {"databaseId": "new"},
    "POST /uploads": UPLOAD | {"files": [{"relativeKey": "b.txt", "file_size": 3}]},
    "POST /uploads/{uploadId}/complete": UPLOAD
    | {"files": [{"relativeKey": "b.txt", "uploadIdS3": "zero-byte", "parts": []}]},
    "POST /uploads/{uploadId}/abort": UPLOAD,
    "POST /user-roles": {"roleName": ["guest"]},
    "PUT /user-roles": {"roleName": ["guest"]},
}
QUERIES = {"fileInfo": {"filePath": "a.txt"}}
# What a route answers that has let the caller in, and finds nothing to do.
NOTHING_TO_DO = {
    f"GET {ASSET_PATH}/operations/{{operationId}}": 404,
    f"PUT {ASSET_PATH}/unarchiveAsset": 409,
    f"POST {ASSET_PATH}/unarchiveFile": 409,
    "POST /uploads/{uploadId}/complete": 404,
    "POST /uploads/{uploadId}/abort": 404,
    "DELETE /unsubscribe": 404,
    "DELETE /roles/{roleId}": 409,
    "DELETE /api-tokens/{tokenId}": 404,
    f"GET {VAULTS}/{{vaultId}}/property-definitions/{{id}}": 404,
}

GUARDED = {route.key for route in ROUTES if not route.open}

admin, editor, viewer = (Client(name, (name,)) for name in ("admin", "editor", "viewer"))
nobody = Client("nobody", ())


@pytest.fixture(autouse=True)
def asset(calls: Calls, s3: Any) -> Calls:
    """Three versions of `a1`, which has one file and which admin owns."""
    admin("POST", "/database", {"databaseId": "db1", "description": "a database"})
    facts = {"assetName": "A", "description": "an asset", "isDistributable": True}
    admin("POST", "/assets", PLACE | facts)
    for name in ("admin", "editor", "viewer", "nobody"):
        wiring.users().users[name] = User(name, frozenset(), mfa=False)
    s3.put_object(Bucket="assets", Key="db1/a1/a.txt", Body=b"text")
    for _ in range(3):
        assert admin("POST", f"{ASSET}/createVersion").status == 200
    return calls


def names_in_paths() -> dict[str, str]:
    """What each parameter of a path stands for; what is not here names nothing that exists."""
    known = admin("GET", ASSET).body["ids"]
    posta, drive = known["posta"], known["disguise"]
    second = admin("GET", f"/v1/drives/db1/content/{drive['content']}/versions").body["data"][1]["id"]
    versions = admin("GET", f"/assets/{posta}/versions").body["items"]
    file = admin("GET", f"{ASSET}/fileInfo", query={"filePath": "a.txt"}).body["versionId"]
    return {
        **PLACE,
        "assetVersionId": "1",
        "versionA": "1",
        "versionB": "2",
        "project_id": "db1",
        "item_id": known["autodesk_dm"]["item"],
        "vaultId": "db1",
        "drive_id": "db1",
        "content_id": drive["content"],
        "items": "a1",
        "item-versions": second,
        "data": autodesk_dm.spell_version(ids.split_version_id(UUID(second))[0], 2),
        "v1": second,
        "posta asset": posta,
        "posta version": versions[0]["id"],
        "versionId": file,
        "constraintId": "one",
        "roleId": "guest",
        "uploadId": "01900000-0000-7000-8000-000000000000",
    }


def path_of(key: str, names: dict[str, str]) -> str:
    template = key.split(" ")[1]
    own = {"version_id": template.split("/")[1]}
    if template.startswith("/assets/{assetId}"):
        own |= {"assetId": "posta asset", "versionId": "posta version"}
    if "/vaults/" in template and "{id}" in template:
        own |= {"id": re.findall(r"/([a-z-]+)/{id}", template)[0]}

    def fill(found: re.Match[str]) -> str:
        return names.get(own.get(found[1], found[1]), "unknown")

    return re.sub(r"{(\w+)}", fill, template)


def _removes(route: Route) -> tuple[bool, bool]:
    """The asset itself is the last to go."""
    return route.key.startswith("DELETE"), route.key.endswith("/archiveAsset")


def statuses(client: Client) -> dict[str, int]:
    """What each guarded route answers this client; routes that remove something come last."""
    found, names = {}, names_in_paths() | {"userId": client.user}
    own = BODY | {"userId": client.user, "subscribers": [client.user]}
    for route in sorted(ROUTES, key=_removes):
        if not route.open:
            method, path = route.key.split(" ")[0], path_of(route.key, names)
            body = None if method == "GET" else own | BODIES.get(route.key, {})
            query = QUERIES.get(path.rpartition("/")[2], {}) | {"copyFrom": names["data"]}
            found[route.key] = client(method, path, body, query=query).status
    return found


def routes_for(*actions: str) -> set[str]:
    """The guarded routes whose operations declare one of these actions."""
    return {route.key for route in ROUTES if paths.action(route) in actions}


def deny(**facts: Any) -> None:
    rule = {"rule_id": "extra", "tier": "asset", "effect": "deny", "roles": ["editor"], "actions": ["*"]}
    store_rules([rule | facts])


def refused(client: Client) -> set[str]:
    return {key for key, status in statuses(client).items() if status == 403}


def test_an_admin_may_call_every_operation():
    found = statuses(admin)
    assert {key: status for key, status in found.items() if status >= 300} == NOTHING_TO_DO
    assert set(found) == GUARDED


def test_an_editor_may_do_all_but_delete_versions_and_change_policy():
    assert refused(editor) == routes_for("delete", "policy")


def test_a_viewer_may_read_and_nothing_else():
    assert refused(viewer) == GUARDED - routes_for("read", "whoami", "tokens")
    assert {key for key in routes_for("read") if not key.startswith("GET ")} == {
        f"POST {ASSET_PATH}/assetversions/{{assetVersionId}}/verify",
        f"POST {ASSET_PATH}/download",
        "POST /subscriptions",
        "DELETE /subscriptions",
        "DELETE /unsubscribe",
        "POST /assets/{assetId}/versions/{versionId}/variables/resolve",
    }


def test_without_a_role_every_route_but_those_about_oneself_is_forbidden():
    own = {
        "GET /auth/me",
        "POST /api-tokens",
        "GET /api-tokens",
        "DELETE /api-tokens/{tokenId}",
    }
    assert routes_for("whoami", "tokens") == own
    assert refused(nobody) == GUARDED - own
    assert refused(Client("nobody", ("unknown-role",))) == GUARDED - own


def test_open_routes_need_nobody():
    for route in ROUTES:
        if route.open:
            event = {"routeKey": route.key, "requestContext": {"domainName": "d"}}
            assert handler(route.key)(event, Context())["statusCode"] == 200


@pytest.mark.parametrize("authorizer", [None, {}, {"jwt": {"claims": {}}}])
def test_without_an_identity_the_answer_is_401(authorizer: dict[str, Any] | None):
    key, parameters = match("GET", ASSET)
    context = {"domainName": "d", "authorizer": authorizer}
    event = {"routeKey": key, "pathParameters": parameters, "requestContext": context}
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


def store_unreadable(**facts: Any) -> None:
    """A rule as only another release, or a hand in the table, can have written it."""
    rule = {"rule_id": "bad", "tier": "asset", "actions": ["read"], "conditions": "nonsense", **facts}
    table = boto3.resource("dynamodb").Table("table")
    table.put_item(Item={**keys.rule("bad"), "rule": rule})
    table.put_item(Item={**policies.REVISION_KEY, "revision": 99})


def test_an_allow_that_cannot_be_read_allows_nothing_and_hurts_no_other_rule():
    store_unreadable(effect="allow", users=["nobody"], roles=["viewer"])
    assert nobody("GET", ASSET).status == 403
    assert viewer("GET", ASSET).status == 200
    assert viewer("POST", f"{ASSET}/createVersion").status == 403


def test_a_deny_that_cannot_be_read_denies_its_subjects_everything():
    store_unreadable(effect="deny", roles=["editor"])
    assert editor("GET", ASSET).status == 403
    assert editor("POST", f"{ASSET}/createVersion").status == 403
    assert viewer("GET", ASSET).status == 200
    assert admin("GET", ASSET).status == 200


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
    before, _ = policies.load(wiring.table())
    assert before
    changed = {rule["rule_id"]: {**rule, "effect": "deny"} for rule in before}
    assert policies.add_missing(wiring.table(), changed) == 0
    assert policies.load(wiring.table())[0] == before
