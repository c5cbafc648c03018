"""Whoever is not let in hears it in the words of the API that they speak, at every route of every dialect.

With no credential, that is; a useless one gets no further, and is shown at a route of each kind.
"""

import json
import re
from urllib.parse import quote

import httpx
import pytest
from assetversions.dialects.autodesk_dm import ids as autodesk_dm
from assetversions.dialects.autodesk_dm import objects
from assetversions.dialects.autodesk_vault import ids as autodesk_vault
from assetversions.dialects.common.route import Route
from assetversions.dialects.posta import ids as posta
from assetversions.domain import ids

from local.system import System
from tests.support.error_shapes import DIALECTS, spoken
from tests.system.client import HTTP, Api, Asset, new_asset
from tests.system.doors import GUARDED, OF_EACH_DOOR

# What is in a path below an asset, or names one.
NAMES_A_FILE = re.compile("/fileInfo$|/metadata/file$")
ABOUT_ASSETS = re.compile(r"\{(assetId|project_id|item_id|vaultId|drive_id|object_key)\}")


@pytest.fixture(scope="module")
def asset(system: System) -> Asset:
    """One version, in a database that the viewer may not look into."""
    made = new_asset(system, {"a.txt": b"a"})
    assert made.create().status_code == 200
    rule = {
        "identifier": f"hidden-{made.database_id}",
        "objectType": "asset",
        "criteriaAnd": [{"field": "databaseId", "operator": "equals", "value": made.database_id}],
        "groupPermissions": [{"groupId": "viewer", "permission": "GET", "permissionType": "deny"}],
    }
    assert Api(system.api_url, system.tokens["admin"]).call("POST", "/auth/constraints", json=rule).is_success
    return made


@pytest.fixture(scope="module")
def names(asset: Asset) -> dict[str, dict[str, str]]:
    """What to put into the paths of each dialect, by the dialect's own prefix."""
    known = asset.api.ok("GET", asset.path)["ids"]
    uid = posta.read_asset(known["posta"])
    assert uid is not None
    version = ids.version_id(uid, 1)
    urn = quote(autodesk_dm.spell_version(uid, 1), safe="")
    item = quote(known["autodesk_dm"]["item"], safe="")
    job = autodesk_dm.spell_job(uid, "01900000-0000-7000-8000-000000000000")
    project = {"project_id": asset.database_id, "item_id": item, "version_id": urn, "job_id": job}
    return {
        "/assets/{assetId}": {"assetId": known["posta"], "versionId": posta.spell_version(version)},
        "/posta/": {},
        "/data/v1/": project,
        "/projects/": project,
        "/oss/v2/": {"bucket_key": objects.BUCKET, "object_key": objects.spell_key(version, "")},
        "/AutodeskDM/": {"vaultId": asset.database_id, "id": asset.asset_id},
        "/v1/drives/": {
            "drive_id": asset.database_id,
            "content_id": known["disguise"]["content"],
            "version_id": str(version),
        },
        "/": {
            "databaseId": asset.database_id,
            "assetId": quote(asset.asset_id, safe=""),
            **dict.fromkeys(("assetVersionId", "versionA", "versionB"), "1"),
            "versionComment": "1:one",
        },
        "/item-versions/": {"id": str(version)},
        "/file-versions/": {"id": autodesk_vault.spell_path(version, "a.txt")},
        "/files/{id}": {"id": autodesk_vault.spell_path(ids.asset_uuid(uid), "a.txt")},
        "/property-definitions/": {"id": "1"},
        "/auxiliaryPreviewAssets/": {"proxy": "a.txt/preview/points.bin"},
    }


def path_of(route: Route, names: dict[str, dict[str, str]]) -> str:
    path = route.key.split(" ", 1)[1]
    prefix = next(prefix for prefix, _ in DIALECTS if path.startswith(prefix))
    part = next(
        (part for part in names if part != "/" and part not in dict(DIALECTS) and part in path), prefix
    )
    values = names[prefix] | names[part]
    return re.sub(r"\{(\w+)\+?\}", lambda found: values.get(found[1], "no-such-thing"), path)


def ask(
    system: System, route: Route, path: str, headers: dict[str, str], database: str = "db1"
) -> httpx.Response:
    """Well formed where a viewer is asked about the asset only behind what the request says."""
    method = route.key.split(" ", 1)[0]
    query = {"filePath": "a.txt", "type": "metadata"} if NAMES_A_FILE.search(route.key) else {}
    query |= {"databaseId": database} if "/comments/" in route.key else {}
    body = {"downloadType": "assetFile", "key": "a.txt"} if route.operation == "download_file" else {}
    sent = None if method in {"GET", "HEAD"} else json.dumps(body)
    url = system.api_url + path
    return HTTP.request(method, url, params=query, headers=headers, content=sent)


def check(found: dict[str, tuple[int, bool]], status: int) -> None:
    assert found == dict.fromkeys(found, (status, True))


@pytest.mark.parametrize(
    ("headers", "routes"),
    [
        ({}, GUARDED),
        ({"Authorization": "Basic dTpw"}, OF_EACH_DOOR),
        ({"Authorization": "Bearer"}, OF_EACH_DOOR),
        ({"X-Api-Key": "x"}, OF_EACH_DOOR),
    ],
    ids=["no credential", "Basic", "no token", "an unknown key"],
)
def test_without_a_credential_of_the_right_kind_it_is_401(
    system: System, names: dict[str, dict[str, str]], headers: dict[str, str], routes: list[Route]
):
    found = {}
    for route in routes:
        reply = ask(system, route, path_of(route, names), headers)
        found[route.key] = (reply.status_code, spoken(route)(json.loads(reply.text or "null")))
    check(found, 401)


def test_who_may_read_another_database_only_is_refused(system: System, names: dict[str, dict[str, str]]):
    found = {}
    viewer = {"Authorization": f"Bearer {system.tokens['viewer']}"}
    for route in GUARDED:
        if ABOUT_ASSETS.search(route.key):
            reply = ask(system, route, path_of(route, names), viewer, names["/"]["databaseId"])
            found[route.key] = (reply.status_code, spoken(route)(json.loads(reply.text or "null")))
    assert {spoken(route) for route in GUARDED if route.key in found} >= {shape for _, shape in DIALECTS}
    check(found, 403)
