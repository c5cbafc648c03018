"""Both tiers at the door: tokens and memberships give roles, and the rules in the table decide."""

import json
from typing import Any

import pytest
from assetversions.dialects import ROUTES
from assetversions.dialects.common.route import reads
from assetversions.runtime import admission, admitted, paths, wiring
from assetversions.runtime.executions import Executions
from assetversions.storage.dynamodb import keys, policy_snapshot
from msgspec.structs import replace

from tests.support.aws import put, store_rules
from tests.support.aws_faults import Calls
from tests.support.lambda_client import Client, Context, handler, match
from tests.support.routes import ASSET, ASSET_PATH, NOTHING_TO_DO, make_asset, statuses

GUARDED = {route.key for route in ROUTES if not route.open}

admin, editor, viewer = (Client(name, (name,)) for name in ("admin", "editor", "viewer"))
nobody = Client("nobody", ())


@pytest.fixture(autouse=True)
def asset(calls: Calls, s3: Any, monkeypatch: pytest.MonkeyPatch) -> Calls:
    monkeypatch.setattr(Executions, "start", lambda *_: None)
    make_asset(s3)
    return calls


DENIAL: dict[str, Any] = {"tier": "asset", "roles": ["editor"], "actions": ["*"]}
NOTHING = {"field": "databaseId", "operator": "equals", "value": "none"}
GRANTED = [{"groupId": "viewer", "permission": "GET", "permissionType": "allow"}]


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
    assert {key for key in routes_for("read") if not reads(key)} == {
        # Besides, it takes what asking for the job takes.
        f"DELETE {ASSET_PATH}/operations/{{operationId}}",
        f"POST {ASSET_PATH}/download",
        f"POST {ASSET_PATH}/assetversions/{{assetVersionId}}/zip",
        f"POST {ASSET_PATH}/export",
        f"DELETE {ASSET_PATH}/operations/{{operationId}}",
        "POST /auth/loginProfile/{userId}",
        "POST /check-subscription",
        "POST /subscriptions",
        "PUT /subscriptions",
        "DELETE /subscriptions",
        "DELETE /unsubscribe",
        "POST /assets/{assetId}/versions/{versionId}/variables/resolve",
        # A webhook is sent what its owner may read.
        "POST /webhooks",
        "PUT /webhooks/{webhookId}",
        "DELETE /webhooks/{webhookId}",
        "POST /webhooks/{webhookId}/secret",
        "POST /webhooks/{webhookId}/test",
        "POST /webhooks/{webhookId}/deliveries/{deliveryId}/redeliver",
        "POST /webhooks/{webhookId}/replay",
    }


def test_without_a_role_every_route_but_those_about_oneself_is_forbidden():
    own = {
        "GET /auth/me",
        "POST /auth/routes",
        "POST /api-tokens",
        "GET /api-tokens",
        "DELETE /api-tokens/{tokenId}",
        "GET /auth/api-keys",
        "POST /auth/api-keys",
        "GET /auth/api-keys/{apiKeyId}",
        "PUT /auth/api-keys/{apiKeyId}",
        "DELETE /auth/api-keys/{apiKeyId}",
    }
    assert routes_for("whoami", "tokens") == own
    assert refused(nobody) == GUARDED - own
    assert refused(Client("nobody", ("unknown-role",))) == GUARDED - own


def test_open_routes_need_nobody():
    for route in ROUTES:
        if route.open:
            path = route.key.split()[1]
            event = {"routeKey": route.key, "rawPath": path, "requestContext": {"domainName": "d"}}
            event["pathParameters"] = {"document": "vams.json", "file": "page.js"}
            # What changes something takes a link of a letter.
            told = 200 if reads(route.key) else 400
            assert handler(route.key)(event, Context())["statusCode"] == told


@pytest.mark.parametrize("authorizer", [None, {}, {"jwt": {"claims": {}}}])
def test_without_an_identity_the_answer_is_401(authorizer: dict[str, Any] | None):
    key, parameters = match("GET", ASSET)
    context = {"domainName": "d", "authorizer": authorizer}
    event = {"routeKey": key, "rawPath": ASSET, "pathParameters": parameters, "requestContext": context}
    reply = handler(key)(event, Context())
    assert (reply["statusCode"], set(json.loads(reply["body"]))) == (401, {"message"})


def test_a_membership_in_the_table_gives_roles():
    assert nobody("GET", ASSET).status == 403
    item = {**keys.membership("sub-of-nobody"), "roles": ["viewer"]}
    put(item)
    assert nobody("GET", ASSET).status == 200
    assert nobody("POST", f"{ASSET}/createVersion").status == 403
    assert replace(nobody, user="other")("GET", ASSET).status == 403


def test_a_rule_takes_hold_with_the_next_request_of_a_warm_container():
    assert editor("GET", ASSET).status == 200
    deny()
    assert editor("GET", ASSET).status == 403
    assert viewer("GET", ASSET).status == 200


def test_who_may_not_delete_metadata_does_not_replace_all_of_them():
    said = {"metadata": [{"metadataKey": "k", "metadataValue": "v"}]}
    for place in (f"{ASSET}/metadata", "/database/db1/metadata"):
        assert editor("PUT", place, said | {"updateType": "replace_all"}).status == 200
    deny(tier="api", actions=["DELETE"])
    for place in (f"{ASSET}/metadata", "/database/db1/metadata"):
        assert editor("PUT", place, said).status == 200
        refusal = editor("PUT", place, said | {"updateType": "replace_all"})
        assert (refusal.status, "POST and DELETE" in str(refusal.body)) == (403, True)


def test_the_rules_are_read_once_for_each_revision(asset: Calls):
    viewer("GET", ASSET)
    asset.clear()
    viewer("GET", ASSET)
    assert asset.names.count("Query") == 1, "what waits in its journal"
    deny()
    asset.clear()
    viewer("GET", ASSET)
    assert asset.names.count("Query") == 1 + 1


def test_a_container_keeps_what_it_read_of_so_many_callers_and_no_more(
    asset: Calls, monkeypatch: pytest.MonkeyPatch
):
    """A call that names no asset reads nothing of whoever called a moment ago."""
    monkeypatch.setattr(admission, "KEPT_CALLERS", 2)
    admitted.admission()._clock = lambda: 0.0

    def reads(client: Client) -> int:
        asset.clear()
        assert client("GET", "/secure-config").status == 200
        return asset.names.count("BatchGetItem")

    one, two, three = (replace(viewer, user=name) for name in ("one", "two", "three"))
    assert [reads(client) for client in (one, two, three)] == [1, 1, 1]
    assert [reads(client) for client in (two, three)] == [0, 0]
    assert [reads(client) for client in (one, two)] == [1, 1], "one is one too many"


def store_unreadable(**facts: Any) -> None:
    """A rule as only another release, or a hand in the table, can have written it."""
    rule = {"rule_id": "bad", "tier": "asset", "actions": ["read"], "conditions": "nonsense", **facts}
    put({**keys.rule("bad"), "rule": rule})
    for key in policy_snapshot.COPIES:
        put({**key, "revision": 99})


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
    before, _ = policy_snapshot.load(wiring.table())
    assert before
    changed = {rule["rule_id"]: {**rule, "effect": "deny"} for rule in before}
    assert policy_snapshot.add_missing(wiring.table(), changed) == 0
    assert policy_snapshot.load(wiring.table())[0] == before


def revisions() -> list[Any]:
    """The policy's, and each copy's."""
    found = wiring.table().get_many([policy_snapshot.REVISION_KEY, *policy_snapshot.COPIES])
    return [policy_snapshot.revision(item) for item in found]


def test_every_change_of_policy_reaches_every_copy_of_its_revision():
    first, *copies = revisions()
    assert copies == [first] * 16
    deny()
    assert revisions() == [first + 1] * 17
    rule = {
        "identifier": "more",
        "objectType": "asset",
        "criteriaAnd": [NOTHING],
        "groupPermissions": GRANTED,
    }
    assert admin("POST", "/auth/constraints", rule).status == 200
    assert revisions() == [first + 2] * 17


def test_containers_spread_over_the_copies_and_none_reads_what_all_would():
    looked_at = set()
    for _ in range(100):
        door = admission.Admission(wiring.table(), admitted.admission()._users)
        looked_at.add(door._revision_key["PK"])
    assert len(looked_at) > 4
    assert policy_snapshot.REVISION_KEY["PK"] not in looked_at


def test_a_change_takes_hold_with_the_next_request_whichever_copy_a_container_reads():
    door = admitted.admission()
    for number, key in enumerate(policy_snapshot.COPIES):
        door._revision_key = key
        assert editor("GET", ASSET).status == 200
        store_rules([DENIAL | {"rule_id": f"extra-{number}", "effect": "deny"}])
        assert editor("GET", ASSET).status == 403
        wiring.table().write(wiring.table().delete(keys.rule(f"extra-{number}")))
        store_rules([DENIAL | {"rule_id": f"later-{number}", "effect": "allow"}])


def test_in_a_table_without_copies_the_revision_itself_is_read():
    wiring.table().delete_many(policy_snapshot.COPIES)
    admitted.admission.cache_clear()
    assert editor("GET", ASSET).status == 200
    deny()
    assert editor("GET", ASSET).status == 403
