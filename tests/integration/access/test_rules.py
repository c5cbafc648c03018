"""Rules, roles and memberships at the door: what they open, what they close, and how soon."""

from typing import Any
from unittest.mock import patch

from assetversions.dialects import ROUTES
from assetversions.runtime import admitted, paths
from assetversions.storage.dynamodb import keys

from tests.support.aws import put
from tests.support.http_world import ASSET, CONSTRAINTS, HttpWorld, constraint, on_path, user


def test_a_guest_reads_what_is_public_and_nothing_else(guest: HttpWorld):
    ann = user("ann")
    assert guest.call(ann, "GET", ASSET)[0] == 200
    assert guest.call(ann, "GET", "/database/db1/assets/secret")[0] == 403
    assert guest.call(ann, "GET", "/database/db1")[0] == 403
    assert guest.call(ann, "GET", "/database")[0] == 403
    assert guest.call(ann, "POST", f"{ASSET}/createVersion")[0] == 403
    assert guest.call(ann, "GET", CONSTRAINTS)[0] == 403


def test_a_listing_shows_what_may_be_read_on_full_pages(guest: HttpWorld):
    for number in range(12):
        tag = "public" if number % 3 == 0 else "secret"
        facts = {"databaseId": "db1", "assetId": f"n{number:02}", "assetName": "n", "description": "an asset"}
        guest.ok(user("admin"), "POST", "/assets", facts | {"tags": [tag]})
    pages: list[Any] = []
    token: dict[str, str] | None = {}
    while token is not None:
        body = guest.ok(user("ann"), "GET", "/database/db1/assets", query={"pageSize": "2"} | token)
        pages.append([asset["assetId"] for asset in body["Items"]])
        token = {"startingToken": body["NextToken"]} if "NextToken" in body else None
    assert pages == [["n00", "n03"], ["n06", "n09"], ["public"]]


def test_another_spelling_of_a_path_is_no_way_around_a_deny(guest: HttpWorld):
    deny = [{"groupId": "guest", "permission": "GET", "permissionType": "deny"}]
    guest.ok(
        user("admin"), "POST", CONSTRAINTS, on_path("no", "/database/db1/assets/pub", groupPermissions=deny)
    )
    assert guest.call(user("ann"), "GET", ASSET)[0] == 403
    assert guest.call(user("ann"), "GET", "/database/db1/assets")[0] in (200, 403)


def test_a_deny_of_put_is_one_of_patch(guest: HttpWorld):
    content = "/v1/drives/db1/content/public/versions/018bcfe5-687b-8000-8000-000000000001"
    assert guest.call(user("editor"), "PATCH", content, {})[0] == 404
    deny = [{"groupId": "editor", "permission": "PUT", "permissionType": "deny"}]
    guest.ok(user("admin"), "POST", CONSTRAINTS, on_path("no", "/v1/drives/db1/", groupPermissions=deny))
    status, body = guest.call(user("editor"), "PATCH", content, {})
    assert (status, "PATCH" in body["error"]["message"]) == (403, True)


def test_an_escaped_slash_is_no_step_of_a_path():
    route = next(route for route in ROUTES if route.key == "GET /database/{databaseId}")
    facts = paths.facts(route, {"databaseId": "db1/x"})
    assert facts["route"] == ("/database/db1%2Fx", "/database/{databaseId}")


def test_a_removed_membership_stops_working_within_a_second(guest: HttpWorld):
    assert guest.call(user("ann"), "GET", ASSET)[0] == 200
    assert guest.call(user("ann"), "GET", "/database/db1/assets")[0] == 200
    guest.ok(user("admin"), "DELETE", "/user-roles", {"userId": "ann"})
    assert guest.call(user("ann"), "GET", ASSET)[0] == 403
    guest.later()
    assert guest.call(user("ann"), "GET", "/database/db1/assets")[0] == 403


def test_where_there_is_no_asset_to_read_the_policy_is_read_once_a_second(guest: HttpWorld):
    guest.later()
    admission = admitted.admission()
    reads: list[Any] = []
    real = admission._table.get_many

    def counted(wanted: Any) -> Any:
        if admission._revision_key in wanted:
            reads.append(wanted)
        return real(wanted)

    with patch.object(admission._table, "get_many", counted):
        for _ in range(5):
            guest.ok(user("ann"), "GET", "/database/db1/assets")
        assert len(reads) == 1
        guest.later()
        guest.ok(user("ann"), "GET", "/database/db1/assets")
        assert len(reads) == 2
        guest.ok(user("ann"), "GET", ASSET)
        assert [len(wanted) for wanted in reads] == [3, 3, 4]


def test_deleting_a_rule_leaves_the_one_whose_name_begins_so(guest: HttpWorld):
    admin = user("admin")
    for name in ("abc", "abcd"):
        guest.ok(admin, "POST", CONSTRAINTS, constraint(name))
    guest.ok(admin, "DELETE", f"{CONSTRAINTS}/abc")
    assert guest.call(admin, "GET", f"{CONSTRAINTS}/abc")[0] == 404
    assert guest.ok(admin, "GET", f"{CONSTRAINTS}/abcd")["constraintId"] == "abcd"
    assert guest.call(admin, "DELETE", f"{CONSTRAINTS}/ab")[0] == 404


def test_a_damaged_record_and_a_huge_rule_leave_the_others_alone(guest: HttpWorld):
    huge = {"field": "owner", "operator": "equals", "value": "x" * 10_000}
    guest.ok(user("admin"), "POST", CONSTRAINTS, constraint("huge", criteriaAnd=[huge] * 9))
    item = {
        **keys.rule("bad"),
        "rule": {"rule_id": "bad", "tier": "asset", "effect": "allow", "conditions": 7},
    }
    put(item)
    guest.ok(user("admin"), "POST", CONSTRAINTS, constraint("another"))
    assert guest.call(user("ann"), "GET", ASSET)[0] == 200
    assert guest.call(user("ann"), "GET", "/database/db1/assets/secret")[0] == 403


def test_a_rule_of_a_type_that_decides_nothing_is_kept_and_says_so(guest: HttpWorld):
    admin = user("admin")
    field = {"field": "pipelineId", "operator": "equals", "value": "p"}
    guest.ok(admin, "POST", CONSTRAINTS, constraint("p", objectType="pipeline", criteriaAnd=[field]))
    found = {rule["constraintId"]: rule["evaluated"] for rule in guest.ok(admin, "GET", CONSTRAINTS)["Items"]}
    assert (found["p"], found["guest-assets"]) == (False, True)


def test_a_constraint_is_created_once_and_replaced_as_often_as_wanted(world: HttpWorld):
    admin = user("admin")
    assert world.ok(admin, "POST", CONSTRAINTS, constraint("one"))["operation"] == "create"
    assert world.call(admin, "POST", CONSTRAINTS, constraint("one"))[0] == 409
    changed = constraint("one", description="other")
    assert world.ok(admin, "PUT", f"{CONSTRAINTS}/one", changed)["operation"] == "update"
    assert world.ok(admin, "GET", f"{CONSTRAINTS}/one")["description"] == "other"
    assert world.call(admin, "PUT", f"{CONSTRAINTS}/two", changed)[0] == 400


def test_a_role_in_use_is_not_removed(guest: HttpWorld):
    admin = user("admin")
    assert guest.call(admin, "DELETE", "/roles/guest")[0] == 409
    guest.ok(admin, "DELETE", "/user-roles", {"userId": "ann"})
    for name in ("guest-assets", "guest-api"):
        assert guest.call(admin, "DELETE", "/roles/guest")[0] == 409
        guest.ok(admin, "DELETE", f"{CONSTRAINTS}/{name}")
    guest.ok(admin, "DELETE", "/roles/guest")
    assert guest.call(admin, "POST", "/user-roles", {"userId": "ann", "roleName": ["guest"]})[0] == 400


def test_a_role_that_is_not_there_is_neither_changed_nor_removed(world: HttpWorld):
    admin, unknown = user("admin"), {"roleName": "nobody", "description": "x"}
    for status, told in (
        world.call(admin, "PUT", "/roles", unknown),
        world.call(admin, "DELETE", "/roles/nobody"),
    ):
        assert (status, "No role 'nobody'" in told["message"]) == (404, True)
    assert world.events() == []


def test_a_role_that_is_there_is_not_made_anew(world: HttpWorld):
    admin, role = user("admin"), {"roleName": "ops", "description": "on call"}
    assert world.call(admin, "POST", "/roles", role)[0] == 200
    status, told = world.call(admin, "POST", "/roles", role | {"description": "other"})
    assert (status, "ops" in told["message"]) == (409, True)
    assert world.call(admin, "PUT", "/roles", role | {"description": "other"})[0] == 200
