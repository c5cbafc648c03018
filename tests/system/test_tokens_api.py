"""A pipeline with nothing but an API token, on the API for these: from its database to a version's bytes."""

from typing import Any

import pytest
from assetversions.dialects.common.route import Route

from local.system import System
from tests.support.routes import path_of
from tests.system.client import HTTP, Api, api
from tests.system.doors import GUARDED, OF_EACH_DOOR
from tests.system.vams_client import VamsClient

DATABASE = "tokens-alone"


def made_token(system: System, **body: Any) -> dict[str, Any]:
    return api(system, "editor").ok("POST", "/api-tokens", json={"name": "pipeline"} | body)


@pytest.fixture(scope="module")
def pipeline(system: System) -> VamsClient:
    found = VamsClient(system.tokens_api_url, made_token(system)["token"], DATABASE)
    found.ok("POST", "/database", {"databaseId": DATABASE, "description": "Made by a pipeline"})
    about = {"databaseId": DATABASE, "assetName": "Engine", "description": "Made by a pipeline"}
    found.asset = found.ok("POST", "/assets", about | {"isDistributable": True})["assetId"]
    for bytes_ in (b"one", b"two"):
        found.upload({"engine.txt": bytes_})
        found.on_asset("POST", "createVersion", {"comment": bytes_.decode()})
    return found


def test_it_makes_versions_compares_them_and_downloads_what_they_hold(pipeline: VamsClient) -> None:
    found = pipeline.on_asset("GET", "compareVersions/1/2")
    assert [(file["relativeKey"], file["status"]) for file in found["files"]] == [("engine.txt", "changed")]
    assert pipeline.download("engine.txt", assetVersionId="1") == b"one"
    assert pipeline.download("engine.txt") == b"two"


def test_it_reads_the_job_where_it_asked_for_one(pipeline: VamsClient) -> None:
    client = Api(pipeline.url, pipeline.token)
    path = f"{pipeline.path}/assetversions/1/verify"
    asked = client.call("POST", path, headers={"Prefer": "respond-async"})
    assert asked.status_code == 202, asked.text
    where = asked.headers["Location"]
    assert where.startswith(f"{pipeline.url}/database/{DATABASE}/")
    assert client.ok("GET", where.removeprefix(pipeline.url))["operationId"]


@pytest.mark.parametrize("spell", ["{}", "Bearer {}", "Token {}"])
def test_it_sends_its_token_with_a_scheme_or_without(pipeline: VamsClient, spell: str) -> None:
    headers = {"Authorization": spell.format(pipeline.token)}
    me = HTTP.get(f"{pipeline.url}/auth/me", headers=headers)
    assert (me.status_code, me.json()["userId"], me.json()["kind"]) == (200, "editor", "token")
    assert HTTP.get(f"{pipeline.url}/roles", headers=headers).status_code == 403


def test_doubled_slashes_lead_on_within_the_same_api(pipeline: VamsClient) -> None:
    reply = HTTP.get(f"{pipeline.url}/database//{DATABASE}", follow_redirects=False)
    assert (reply.status_code, reply.headers["Location"]) == (308, f"{pipeline.url}/database/{DATABASE}")


def test_what_needs_no_credential_needs_none_here(system: System) -> None:
    nobody = Api(system.tokens_api_url, None)
    assert nobody.ok("GET", "/api/version") == Api(system.api_url, None).ok("GET", "/api/version")


def test_a_browser_may_ask_as_it_may_the_other_one(system: System) -> None:
    asked = {"Origin": "http://localhost:5173", "Access-Control-Request-Method": "GET"}
    answers = [
        HTTP.options(f"{url}/database", headers=asked) for url in (system.api_url, system.tokens_api_url)
    ]
    allowed = {answer.headers["Access-Control-Allow-Origin"] for answer in answers}
    assert ({answer.status_code for answer in answers}, allowed) == ({204}, {"http://localhost:5173"})


def test_a_revoked_token_is_refused_with_the_next_request(system: System) -> None:
    made = made_token(system)
    client = Api(system.tokens_api_url, made["token"])
    assert client.call("GET", "/database").status_code == 200
    assert client.call("DELETE", f"/api-tokens/{made['tokenId']}").status_code == 403
    assert api(system, "editor").call("DELETE", f"/api-tokens/{made['tokenId']}").status_code == 200
    assert client.call("GET", "/database").status_code == 401


def test_a_key_in_vams_s_shape_is_taken_until_it_is_switched_off(system: System) -> None:
    asked = {"apiKeyName": "farm", "userId": "editor", "description": "of the farm"}
    made = api(system, "editor").ok("POST", "/auth/api-keys", json=asked)
    spelled = [made["apiKey"], f"Bearer {made['apiKey']}"]

    def statuses() -> set[int]:
        sent = [{"Authorization": one} for one in spelled]
        return {HTTP.get(f"{system.tokens_api_url}/database", headers=one).status_code for one in sent}

    assert statuses() == {200}
    path = f"/auth/api-keys/{made['apiKeyId']}"
    assert made["apiKeyId"] in {one["apiKeyId"] for one in api(system, "admin").listed("/auth/api-keys")}
    assert api(system, "viewer").call("GET", path).status_code == 400
    api(system, "editor").ok("PUT", path, json={"isActive": "false"})
    assert statuses() == {401}
    api(system, "editor").ok("PUT", path, json={"isActive": "true"})
    assert statuses() == {200}
    api(system, "editor").ok("DELETE", path)
    assert statuses() == {401}


@pytest.mark.parametrize(("token", "routes"), [("access token", GUARDED), ("avt_wrong.0_0", OF_EACH_DOOR)])
def test_what_is_no_good_api_token_is_401(system: System, token: str, routes: list[Route]) -> None:
    """An access token, above all an admin's, at every route, where it is told where to go."""
    sent = system.tokens["admin"] if token == "access token" else token
    found, told = {}, set()
    for key in [route.key for route in routes]:
        method, path = key.split(" ")[0], path_of(key, {})
        body: Any = None if method in {"GET", "HEAD"} else {}
        reply = Api(system.tokens_api_url, sent).call(method, path, json=body)
        found[key] = reply.status_code
        # Autodesk's clients know by its own words alone that they want a new token.
        fixed = method == "HEAD" or "/oss/" in key
        told |= set() if fixed else {f"access token to {system.api_url}." in reply.text}
    assert found == dict.fromkeys(found, 401)
    assert told == {token == "access token"}
