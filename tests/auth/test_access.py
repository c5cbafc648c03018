"""Access at the door, over the real table: memberships, machines, MFA, API tokens, and the audit."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

import authz
import boto3
import pytest
from assetversions.dialects import ROUTES
from assetversions.domain.policy import User
from assetversions.runtime import authorizer, endpoint, wiring
from assetversions.storage import keys, policies
from moto import mock_aws

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
    "TABLE_NAME": "table",
    "ASSETS_BUCKET": "assets",
    "MANIFESTS_BUCKET": "manifests",
    "USER_POOL_ID": "pool",
    "CLIENT_IDS": "client",
    "POWERTOOLS_SERVICE_NAME": "test",
    "POWERTOOLS_LOG_LEVEL": "CRITICAL",
}
ASSET = "/database/db1/assets/public"
CONSTRAINTS = "/auth/constraints"
MACHINE = "machine-client"


class Lambda:
    """What the handlers use of Lambda's context."""

    function_name, memory_limit_in_mb, invoked_function_arn = "function", 1024, "arn"
    aws_request_id = "request"

    def get_remaining_time_in_millis(self) -> int:
        return 29_000


class People:
    """The pool's users, each in the group of their name; `mfa` says who signs in with it."""

    def __init__(self) -> None:
        self.mfa: set[str] = set()
        self.gone: set[str] = set()

    def find(self, name: str) -> User | None:
        known = {"admin", "editor", "viewer", "ann"} - self.gone
        groups = frozenset({name} - {"ann"})
        return User(name, groups, name in self.mfa) if name in known else None


@dataclass
class World:
    people: People = field(default_factory=People)
    clock: float = 0.0

    def call(
        self,
        who: dict[str, Any],
        method: str,
        path: str,
        body: Any = None,
        query: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, Any]:
        """One request as API Gateway hands it on: status and body."""
        route, parameters = match(method, path)
        event = {
            "routeKey": route.key,
            "pathParameters": parameters,
            "queryStringParameters": query,
            "headers": headers or {},
            "body": None if body is None else json.dumps(body),
            "requestContext": {"domainName": "d", "authorizer": who},
        }
        module = import_module(f"assetversions.operations.{route.operation}")
        reply = endpoint.endpoint(getattr(module, route.operation))(event, Lambda())
        return reply["statusCode"], json.loads(reply["body"] or "null")

    def ok(self, *args: Any, **more: Any) -> Any:
        status, body = self.call(*args, **more)
        assert status == 200, body
        return body

    def later(self, seconds: float = 1.0) -> None:
        self.clock += seconds

    def token(self, key: str) -> dict[str, Any]:
        """What the authorizer of token routes finds."""
        found = authorizer.handler({"headers": {"x-api-key": key}}, Lambda())
        return {"lambda": found["context"]}

    def events(self) -> list[dict[str, Any]]:
        return list(self.ok(user("admin"), "GET", "/auth/events")["Items"])


def match(method: str, path: str) -> tuple[Any, dict[str, str]]:
    for route in sorted(ROUTES, key=lambda route: route.key.count("{")):
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", route.key)
        if found := re.fullmatch(pattern, f"{method} {path}"):
            return route, found.groupdict()
    raise LookupError(f"{method} {path}")


def user(name: str) -> dict[str, Any]:
    group = "" if name == "ann" else name
    return {"jwt": {"claims": {"username": name, "token_use": "access", "cognito:groups": f"[{group}]"}}}


def machine(*scopes: str) -> dict[str, Any]:
    said = " ".join(f"asset-versions/{scope}" for scope in scopes or ("data:read", "data:write"))
    return {"jwt": {"claims": {"sub": MACHINE, "client_id": MACHINE, "token_use": "access", "scope": said}}}


def starter(name: str) -> Any:
    return json.loads(Path(authz.__file__).with_name(name).read_text())


@pytest.fixture
def world() -> Iterator[World]:
    made_once = (wiring.table, wiring.records, wiring.policies, wiring.files, wiring.s3, endpoint._admission)
    with patch.dict(os.environ, ENVIRONMENT), mock_aws():
        for made in (*made_once, wiring.manifests, wiring.job_store):
            made.cache_clear()
        _make_table()
        found = World()
        with (
            patch.object(wiring, "users", lambda: found.people),
            patch("assetversions.runtime.admission.time.monotonic", lambda: found.clock),
        ):
            roles = [role | {"requires_mfa": False} for role in starter("starter_roles.json")]
            rules = {rule["rule_id"]: rule for rule in starter("starter_policy.json")}
            policies.add_missing(wiring.table(), rules, roles)
            endpoint._admission()._clock = lambda: found.clock
            found.ok(user("admin"), "POST", "/database", {"databaseId": "db1", "description": "a database"})
            for name in ("public", "secret"):
                facts = {"databaseId": "db1", "assetId": name, "assetName": name, "description": "an asset"}
                found.ok(user("admin"), "POST", "/assets", facts | {"tags": [name]})
            yield found


def _make_table() -> None:
    text = [{"AttributeName": name, "AttributeType": "S"} for name in ("PK", "SK", "GSI1PK", "GSI1SK")]

    def schema(*names: str) -> list[dict[str, str]]:
        kinds = ("HASH", "RANGE")
        return [{"AttributeName": name, "KeyType": kind} for name, kind in zip(names, kinds, strict=True)]

    boto3.client("dynamodb").create_table(
        TableName="table",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=text,
        KeySchema=schema(keys.PARTITION, keys.SORT),
        GlobalSecondaryIndexes=[
            {
                "IndexName": keys.INDEX,
                "KeySchema": schema(keys.INDEX_PARTITION, keys.INDEX_SORT),
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )


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


@pytest.fixture
def guest(world: World) -> World:
    """Ann is a guest: what is tagged public in db1, to read."""
    admin = user("admin")
    world.ok(admin, "POST", "/roles", {"roleName": "guest", "description": "looks around"})
    world.ok(admin, "POST", CONSTRAINTS, constraint("guest-assets"))
    world.ok(admin, "POST", CONSTRAINTS, on_path("guest-api", "/database/db1/"))
    world.ok(admin, "POST", "/user-roles", {"userId": "ann", "roleName": ["guest"]})
    return world


def test_a_guest_reads_what_is_public_and_nothing_else(guest: World):
    ann = user("ann")
    assert guest.call(ann, "GET", ASSET)[0] == 200
    assert guest.call(ann, "GET", "/database/db1/assets/secret")[0] == 403
    assert guest.call(ann, "GET", "/database/db1")[0] == 403
    assert guest.call(ann, "GET", "/database")[0] == 403
    assert guest.call(ann, "POST", f"{ASSET}/createVersion")[0] == 403
    assert guest.call(ann, "GET", CONSTRAINTS)[0] == 403


def test_a_listing_shows_what_may_be_read_on_full_pages(guest: World):
    for number in range(12):
        tag = "public" if number % 3 == 0 else "secret"
        facts = {"databaseId": "db1", "assetId": f"n{number:02}", "assetName": "n", "description": "an asset"}
        guest.ok(user("admin"), "POST", "/assets", facts | {"tags": [tag]})
    pages, token = [], {}
    while token is not None:
        body = guest.ok(user("ann"), "GET", "/database/db1/assets", query={"pageSize": "2"} | token)
        pages.append([asset["assetId"] for asset in body["Items"]])
        token = {"startingToken": body["NextToken"]} if "NextToken" in body else None
    assert pages == [["n00", "n03"], ["n06", "n09"], ["public"]]


def test_another_spelling_of_a_path_is_no_way_around_a_deny(guest: World):
    deny = [{"groupId": "guest", "permission": "GET", "permissionType": "deny"}]
    guest.ok(
        user("admin"), "POST", CONSTRAINTS, on_path("no", "/database/db1/assets/pub", groupPermissions=deny)
    )
    assert guest.call(user("ann"), "GET", ASSET)[0] == 403
    assert guest.call(user("ann"), "GET", "/database/db1/assets")[0] in (200, 403)


def test_a_removed_membership_stops_working_within_a_second(guest: World):
    assert guest.call(user("ann"), "GET", ASSET)[0] == 200
    assert guest.call(user("ann"), "GET", "/database/db1/assets")[0] == 200
    guest.ok(user("admin"), "DELETE", "/user-roles", {"userId": "ann"})
    assert guest.call(user("ann"), "GET", ASSET)[0] == 403
    guest.later()
    assert guest.call(user("ann"), "GET", "/database/db1/assets")[0] == 403


def test_where_there_is_no_asset_to_read_the_policy_is_read_once_a_second(guest: World):
    guest.later()
    admission = endpoint._admission()
    reads: list[Any] = []
    real = admission._table.get_many
    with patch.object(admission._table, "get_many", lambda wanted: reads.append(wanted) or real(wanted)):
        for _ in range(5):
            guest.ok(user("ann"), "GET", "/database/db1/assets")
        assert len(reads) == 1
        guest.later()
        guest.ok(user("ann"), "GET", "/database/db1/assets")
        assert len(reads) == 2
        guest.ok(user("ann"), "GET", ASSET)
        assert [len(wanted) for wanted in reads] == [2, 2, 3]


def test_deleting_a_rule_leaves_the_one_whose_name_begins_so(guest: World):
    admin = user("admin")
    for name in ("abc", "abcd"):
        guest.ok(admin, "POST", CONSTRAINTS, constraint(name))
    guest.ok(admin, "DELETE", f"{CONSTRAINTS}/abc")
    assert guest.call(admin, "GET", f"{CONSTRAINTS}/abc")[0] == 404
    assert guest.ok(admin, "GET", f"{CONSTRAINTS}/abcd")["constraintId"] == "abcd"
    assert guest.call(admin, "DELETE", f"{CONSTRAINTS}/ab")[0] == 404


def test_a_damaged_record_and_a_huge_rule_leave_the_others_alone(guest: World):
    huge = {"field": "owner", "operator": "equals", "value": "x" * 10_000}
    guest.ok(user("admin"), "POST", CONSTRAINTS, constraint("huge", criteriaAnd=[huge] * 9))
    item = {
        **keys.rule("bad"),
        "rule": {"rule_id": "bad", "tier": "asset", "effect": "allow", "conditions": 7},
    }
    boto3.resource("dynamodb").Table("table").put_item(Item=item)
    guest.ok(user("admin"), "POST", CONSTRAINTS, constraint("another"))
    assert guest.call(user("ann"), "GET", ASSET)[0] == 200
    assert guest.call(user("ann"), "GET", "/database/db1/assets/secret")[0] == 403


def test_a_rule_of_a_type_that_decides_nothing_is_kept_and_says_so(guest: World):
    admin = user("admin")
    field = {"field": "pipelineId", "operator": "equals", "value": "p"}
    guest.ok(admin, "POST", CONSTRAINTS, constraint("p", objectType="pipeline", criteriaAnd=[field]))
    found = {rule["constraintId"]: rule["evaluated"] for rule in guest.ok(admin, "GET", CONSTRAINTS)["Items"]}
    assert (found["p"], found["guest-assets"]) == (False, True)


def test_a_constraint_is_created_once_and_replaced_as_often_as_wanted(world: World):
    admin = user("admin")
    assert world.ok(admin, "POST", CONSTRAINTS, constraint("one"))["operation"] == "create"
    assert world.call(admin, "POST", CONSTRAINTS, constraint("one"))[0] == 409
    changed = constraint("one", description="other")
    assert world.ok(admin, "PUT", f"{CONSTRAINTS}/one", changed)["operation"] == "update"
    assert world.ok(admin, "GET", f"{CONSTRAINTS}/one")["description"] == "other"
    assert world.call(admin, "PUT", f"{CONSTRAINTS}/two", changed)[0] == 400


def test_a_role_in_use_is_not_removed(guest: World):
    admin = user("admin")
    assert guest.call(admin, "DELETE", "/roles/guest")[0] == 409
    guest.ok(admin, "DELETE", "/user-roles", {"userId": "ann"})
    for name in ("guest-assets", "guest-api"):
        assert guest.call(admin, "DELETE", "/roles/guest")[0] == 409
        guest.ok(admin, "DELETE", f"{CONSTRAINTS}/{name}")
    guest.ok(admin, "DELETE", "/roles/guest")
    assert guest.call(admin, "POST", "/user-roles", {"userId": "ann", "roleName": ["guest"]})[0] == 400


def test_a_role_that_requires_mfa_counts_in_a_sign_in_with_it_only(world: World):
    token = world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci"})["token"]
    world.ok(user("admin"), "PUT", "/roles", {"roleName": "editor", "description": "", "mfaRequired": True})
    assert world.call(user("editor"), "GET", ASSET)[0] == 403
    me = world.ok(user("editor"), "GET", "/auth/me")
    assert (me["roles"], me["rolesWithoutMfa"]) == ([], ["editor"])
    world.people.mfa.add("editor")
    assert world.call(user("editor"), "GET", ASSET)[0] == 200
    assert world.ok(world.token(token), "GET", "/auth/me")["rolesWithoutMfa"] == ["editor"]
    world.ok(user("admin"), "POST", "/user-roles", {"userId": MACHINE, "roleName": ["editor"]})
    assert world.call(machine(), "GET", ASSET)[0] == 403


def test_a_machine_has_the_roles_of_its_memberships_within_its_scopes(world: World):
    assert world.call(machine(), "GET", ASSET)[0] == 403
    world.ok(user("admin"), "POST", "/user-roles", {"userId": MACHINE, "roleName": ["admin"]})
    assert world.call(machine(), "GET", ASSET)[0] == 200
    new = {"databaseId": "db2", "description": "a database"}
    assert world.call(machine("data:read"), "POST", "/database", new)[0] == 403
    assert world.call(machine("data:write"), "GET", ASSET)[0] == 403
    assert world.call(machine(), "POST", "/database", new)[0] == 200
    assert world.call(machine(), "POST", CONSTRAINTS, constraint("x"))[0] == 403
    assert world.call(machine(), "POST", "/api-tokens", {"name": "x"})[0] == 403


@pytest.mark.parametrize(
    ("machine_role", "named", "reads", "writes"),
    [
        ("editor", "viewer", 200, 403),
        ("viewer", "admin", 200, 403),
        ("editor", "editor", 200, 200),
        ("editor", "ann", 403, 403),
        ("editor", "nobody", 403, 403),
        ("editor", "", 403, 403),
    ],
)
def test_a_machine_for_a_user_does_what_both_may(
    world: World, machine_role: str, named: str, reads: int, writes: int
):
    world.ok(user("admin"), "POST", "/user-roles", {"userId": MACHINE, "roleName": [machine_role]})
    new = {"databaseId": "db2", "description": "a database"}
    headers = {"x-user-id": named}
    assert world.call(machine(), "GET", ASSET, headers=headers)[0] == reads
    assert world.call(machine(), "POST", "/database", new, headers=headers)[0] == writes


def test_what_a_machine_makes_for_a_user_is_the_user_s(world: World):
    world.ok(user("admin"), "POST", "/user-roles", {"userId": MACHINE, "roleName": ["editor"]})
    new = {"databaseId": "db2", "description": "a database"}
    world.ok(machine(), "POST", "/database", new, headers={"x-user-id": "editor"})
    assert world.ok(user("admin"), "GET", "/database/db2")["createdBy"] == "editor"


def test_a_user_s_own_token_ignores_whom_it_names(world: World):
    for named in ("admin", "nobody"):
        assert world.call(user("viewer"), "GET", ASSET, headers={"x-user-id": named})[0] == 200
        assert world.call(user("viewer"), "GET", CONSTRAINTS, headers={"x-user-id": named})[0] == 403


def test_an_api_token_is_shown_once_and_kept_as_a_digest(world: World):
    made = world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci"})
    listed = world.ok(user("editor"), "GET", "/api-tokens")["Items"]
    assert [(token["tokenId"], "token" in token) for token in listed] == [(made["tokenId"], False)]
    everything = json.dumps(boto3.resource("dynamodb").Table("table").scan()["Items"], default=str)
    assert made["tokenId"] in everything
    assert made["token"].rsplit("_", 1)[1] not in everything


def test_an_api_token_is_its_user_with_the_groups_of_this_moment(world: World):
    token = world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci"})["token"]
    me = world.ok(world.token(token), "GET", "/auth/me")
    assert (me["userId"], me["kind"], me["roles"]) == ("editor", "token", ["editor"])
    world.people.gone.add("editor")
    assert world.call(world.token(token), "GET", "/auth/me")[0] == 401


def test_an_api_token_can_be_narrower_than_its_user(world: World):
    body = {"name": "ci", "scopes": ["data:read"]}
    token = world.ok(user("editor"), "POST", "/api-tokens", body)["token"]
    route = {"route": "POST /database"}
    told = world.ok(world.token(token), "GET", "/auth/me", query=route)
    assert (told["scopes"], told["api"]["allowed"]) == (["data:read"], False)
    assert world.ok(user("editor"), "GET", "/auth/me", query=route)["api"]["allowed"] is True


@pytest.mark.parametrize(
    "change",
    [
        lambda key: key[:-1],
        lambda key: key + "0",
        lambda key: key.upper(),
        lambda key: key[:25] + "x" * 64,
        lambda _key: "avt_",
        lambda _key: "avt__",
    ],
)
def test_a_token_that_is_nearly_right_is_wrong(world: World, change: Any):
    token = world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci"})["token"]
    assert world.call(world.token(token), "GET", "/auth/me")[0] == 200
    with patch.object(wiring, "jwt_verifier", _no_keys):
        assert world.call(world.token(change(token)), "GET", "/auth/me")[0] == 401


def _no_keys() -> Any:
    from authz.tokens import JwtVerifier

    return JwtVerifier("issuer", [], list)


def test_a_token_ends_when_it_expires_and_notes_when_it_was_used(world: World):
    made = world.ok(user("editor"), "POST", "/api-tokens", {"name": "ci", "expiresInDays": 1})
    assert world.ok(user("editor"), "GET", "/api-tokens")["Items"][0]["lastUsedAt"] is None
    world.ok(world.token(made["token"]), "GET", "/auth/me")
    assert world.ok(user("editor"), "GET", "/api-tokens")["Items"][0]["lastUsedAt"] is not None
    stored = wiring.policies().token(made["tokenId"])
    assert stored is not None
    with patch.object(wiring, "now", lambda: stored.expires_at):
        assert world.call(world.token(made["token"]), "GET", "/auth/me")[0] == 401


def test_only_those_who_manage_policy_have_to_do_with_others_tokens(world: World):
    mine = world.ok(user("admin"), "POST", "/api-tokens", {"name": "x"})["tokenId"]
    assert world.call(user("editor"), "POST", "/api-tokens", {"name": "x", "userId": "viewer"})[0] == 403
    assert world.call(user("editor"), "GET", "/api-tokens", query={"userId": "admin"})[0] == 403
    assert world.call(user("editor"), "DELETE", f"/api-tokens/{mine}")[0] == 404
    assert world.call(user("admin"), "POST", "/api-tokens", {"name": "x", "userId": "nobody"})[0] == 400
    made = world.ok(user("admin"), "POST", "/api-tokens", {"name": "x", "userId": "viewer"})
    assert world.ok(world.token(made["token"]), "GET", "/auth/me")["roles"] == ["viewer"]
    listed = world.ok(user("admin"), "GET", "/api-tokens", query={"userId": "viewer"})["Items"]
    assert [token["tokenId"] for token in listed] == [made["tokenId"]]
    world.ok(user("viewer"), "DELETE", f"/api-tokens/{made['tokenId']}")
    assert world.call(world.token(made["token"]), "GET", "/auth/me")[0] == 401


def test_a_rule_can_forbid_what_everyone_signed_in_may(world: World):
    deny = [{"groupId": "viewer", "permission": "POST", "permissionType": "deny"}]
    world.ok(user("admin"), "POST", CONSTRAINTS, on_path("no-tokens", "/api-tokens", groupPermissions=deny))
    world.later()
    assert world.call(user("viewer"), "POST", "/api-tokens", {"name": "x"})[0] == 403
    assert world.call(user("editor"), "POST", "/api-tokens", {"name": "x"})[0] == 200


def test_me_tells_which_rule_decides(guest: World):
    query = {"route": "GET /database/db1/assets/secret", "databaseId": "db1", "assetId": "public"}
    told = guest.ok(user("ann"), "GET", "/auth/me", query=query)
    assert (told["api"]["allowed"], told["api"]["rule"]) == (True, "guest-api")
    actions = told["asset"]["actions"]
    assert (actions["read"]["allowed"], actions["read"]["rule"]) == (True, "guest-assets")
    assert (actions["update"]["allowed"], actions["update"]["rule"]) == (False, None)
    by_admin = guest.ok(user("admin"), "GET", "/auth/me", query=query | {"userId": "ann"})
    assert (by_admin["api"], by_admin["asset"]) == (told["api"], told["asset"])
    assert guest.call(user("ann"), "GET", "/auth/me", query={"userId": "admin"})[0] == 403
    assert guest.call(user("admin"), "GET", "/auth/me", query={"userId": "nobody"})[0] == 404
    assert guest.call(user("ann"), "GET", "/auth/me", query={"route": "GET /nowhere"})[0] == 404


def test_every_change_of_policy_is_on_record(guest: World):
    admin = user("admin")
    guest.ok(admin, "PUT", f"{CONSTRAINTS}/guest-api", on_path("guest-api", "/database"))
    guest.ok(admin, "DELETE", f"{CONSTRAINTS}/guest-api")
    told = [(event["event"], event["subject"], event["userId"]) for event in guest.events()]
    assert told == [
        ("rule.deleted", "guest-api", "admin"),
        ("rule.changed", "guest-api", "admin"),
        ("membership.created", "ann", "admin"),
        ("rule.created", "guest-api", "admin"),
        ("rule.created", "guest-assets", "admin"),
        ("role.created", "guest", "admin"),
    ]
    changed = guest.events()[1]["detail"]
    assert "/database/db1/" in changed["before"]
    assert "/database/db1/" not in changed["after"]


def test_every_refused_write_is_on_record_with_the_rule_that_refused(guest: World):
    deny = [{"groupId": "editor", "permission": "PUT", "permissionType": "deny"}]
    guest.ok(user("admin"), "POST", CONSTRAINTS, constraint("hands-off", groupPermissions=deny))
    create = [{"groupId": "editor", "permission": "POST", "permissionType": "deny"}]
    guest.ok(user("admin"), "POST", CONSTRAINTS, constraint("no-more", groupPermissions=create))
    facts = {"databaseId": "db1", "assetName": "x", "description": "an asset", "tags": ["public"]}
    assert guest.call(user("editor"), "PUT", f"{ASSET}/assetversions/1", {"comment": "x"})[0] == 403
    assert guest.call(user("editor"), "POST", "/assets", facts)[0] == 403
    assert guest.call(user("ann"), "GET", "/database/db1/assets/secret")[0] == 403
    assert guest.call(machine(), "POST", "/database", {}, headers={"x-user-id": "ann"})[0] == 403
    told = [
        (event["subject"], event["userId"], event["detail"]["rule"])
        for event in guest.events()
        if event["event"] == "write.refused"
    ]
    assert told == [
        ("create_database", f"{MACHINE} for ann", None),
        ("create_asset", "editor", "no-more"),
        ("update_version", "editor", "hands-off"),
    ]


def test_two_changes_at_once_are_both_made(world: World):
    """The other change comes between this one's reading and its storing."""
    store, raced = wiring.policies(), []
    real = store.commit

    def commit(change: Any, seen: int | None) -> None:
        if not raced:
            raced.append(seen)
            world.ok(user("admin"), "POST", "/roles", {"roleName": "other", "description": ""})
        real(change, seen)

    with patch.object(store, "commit", commit):
        world.ok(user("admin"), "POST", "/roles", {"roleName": "guest", "description": ""})
    names = {role["roleName"] for role in world.ok(user("admin"), "GET", "/roles")["Items"]}
    assert {"guest", "other"} < names
