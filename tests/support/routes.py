"""Every guarded route, asked for something that exists, so that nothing but permission can refuse it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from assetversions.dialects import ROUTES
from assetversions.dialects.autodesk_dm import ids as autodesk_dm
from assetversions.dialects.autodesk_dm import objects
from assetversions.dialects.autodesk_vault.routes import VAULTS
from assetversions.dialects.common.route import Route
from assetversions.domain import ids

from tests.support.aws import people
from tests.support.lambda_client import Client

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
    "commentBody": "well done",
    "downloadType": "assetFile",
    "key": "a.txt",
    "filePath": "a.txt",
    "sourcePath": "a.txt",
    "destinationPath": "copied.txt",
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
    "apiKeyName": "a key",
    "url": "https://example.com/hook",
    "events": ["*"],
    "from": "2026-01-01T00:00:00Z",
    "to": "2026-02-01T00:00:00Z",
}
BODIES: dict[str, dict[str, Any]] = {
    "POST /database": {"databaseId": "new"},
    "PUT /database/{databaseId}": {"portableNames": False},
    "POST /check-subscription": PLACE,
    "POST /auth/routes": {"routes": [{"method": "GET", "route__path": "/database"}]},
    "POST /uploads": UPLOAD | {"files": [{"relativeKey": "b.txt", "file_size": 3}]},
    "POST /uploads/{uploadId}/complete": UPLOAD
    | {"files": [{"relativeKey": "b.txt", "uploadIdS3": "zero-byte", "parts": []}]},
    "POST /uploads/{uploadId}/links": UPLOAD,
    "POST /uploads/{uploadId}/abort": UPLOAD,
    f"POST {ASSET_PATH}/export": {"generatePresignedUrls": True, "assetVersionId": "1"},
    f"PUT {ASSET_PATH}/setPrimaryFile": {"primaryType": "primary"},
    f"POST {ASSET_PATH}/createFolder": {"relativeKey": "new/"},
    f"DELETE {ASSET_PATH}/deleteFile": {"filePath": "z.txt", "confirmPermanentDelete": True},
    f"DELETE {ASSET_PATH}/deleteAsset": {"confirmPermanentDelete": True},
    f"POST {ASSET_PATH}/moveFile": {"sourcePath": "z.txt", "destinationPath": "moved.txt"},
    "POST /user-roles": {"roleName": ["guest"]},
    "PUT /user-roles": {"roleName": ["guest"]},
    "POST /data/v1/projects/{project_id}/versions": {"data": {"type": "versions"}},
    "PATCH /data/v1/projects/{project_id}/items/{item_id}": {
        "data": {"type": "items", "attributes": {"displayName": "a.txt"}}
    },
    "PATCH /data/v1/projects/{project_id}/versions/{version_id}": {
        "data": {"type": "versions", "attributes": {"name": "a.txt"}}
    },
}
DRIVE_CONTENT = "/v1/drives/{drive_id}/content/{content_id}"
BODIES[f"POST {DRIVE_CONTENT}/version"] = {"upload_uuid": "01900000-0000-7000-8000-000000000000"}
# What it does not know, this API refuses.
STRICT = "/projects/{project_id}/"
# Of parameters alone, these do so, too.
STRICT_QUERIES = ("/data/v1/", "/projects/", "/v1/drives/", "/assets/{assetId}", "/posta/")
for _method in ("POST", "PUT"):
    BODIES[f"{_method} /tag-types"] = {"tagTypeName": "material"}
    BODIES[f"{_method} /tags"] = {"tagName": "steel", "tagTypeName": "material"}
BODIES["POST /asset-links"] = {
    "fromAssetId": "a1",
    "fromAssetDatabaseId": "db1",
    "toAssetId": "two",
    "toAssetDatabaseId": "db1",
    "relationshipType": "parentChild",
}
SAID = {"metadata": [{"metadataKey": "k", "metadataValue": "v"}], "metadataKeys": ["k"]}
for _method in ("POST", "PUT", "DELETE"):
    BODIES[f"{_method} {ASSET_PATH}/metadata"] = SAID
    BODIES[f"{_method} /database/{{databaseId}}/metadata"] = SAID
    BODIES[f"{_method} /asset-links/{{assetLinkId}}/metadata"] = SAID
    BODIES[f"{_method} {ASSET_PATH}/metadata/file"] = SAID | {"type": "metadata"}
QUERIES = {
    "fileInfo": {"filePath": "a.txt"},
    "file": {"filePath": "a.txt", "type": "metadata"},
}
# What a route answers that has let the caller in, and finds nothing to do.
NOTHING_TO_DO = {
    f"GET {ASSET_PATH}/operations/{{operationId}}": 404,
    f"DELETE {ASSET_PATH}/operations/{{operationId}}": 404,
    "GET /database/{databaseId}/adopt/{operationId}": 404,
    "GET /assets/{assetId}/jobs/{jobId}": 404,
    "GET /data/v1/projects/{project_id}/jobs/{job_id}": 404,
    # It has an asset.
    "DELETE /database/{databaseId}": 400,
    f"PUT {ASSET_PATH}/unarchiveAsset": 409,
    f"POST {ASSET_PATH}/unarchiveFile": 409,
    f"GET {ASSET_PATH}/auxiliaryPreviewAssets/stream/{{proxy+}}": 404,
    f"HEAD {ASSET_PATH}/auxiliaryPreviewAssets/stream/{{proxy+}}": 404,
    f"DELETE {ASSET_PATH}/deleteAssetPreview": 400,
    f"DELETE {ASSET_PATH}/deleteAuxiliaryPreviewAssetFiles": 400,
    "POST /uploads/{uploadId}/complete": 404,
    "POST /uploads/{uploadId}/links": 404,
    "POST /uploads/{uploadId}/abort": 404,
    f"POST {DRIVE_CONTENT}/version": 404,
    # Another route has deleted it.
    f"DELETE {DRIVE_CONTENT}": 404,
    "DELETE /unsubscribe": 404,
    "DELETE /roles/{roleId}": 409,
    "GET /webhooks/{webhookId}": 404,
    "PUT /webhooks/{webhookId}": 404,
    "DELETE /webhooks/{webhookId}": 404,
    "POST /webhooks/{webhookId}/secret": 404,
    "POST /webhooks/{webhookId}/test": 404,
    "GET /webhooks/{webhookId}/deliveries": 404,
    "POST /webhooks/{webhookId}/deliveries/{deliveryId}/redeliver": 404,
    "POST /webhooks/{webhookId}/replay": 404,
    "DELETE /api-tokens/{tokenId}": 404,
    "GET /auth/api-keys/{apiKeyId}": 400,
    "PUT /auth/api-keys/{apiKeyId}": 400,
    "DELETE /auth/api-keys/{apiKeyId}": 400,
    "POST /asset-links": 404,
    "GET /asset-links/single/{assetLinkId}": 404,
    "PUT /asset-links/{assetLinkId}": 404,
    "DELETE /asset-links/{assetLinkId}": 404,
    "GET /asset-links/{assetLinkId}/metadata": 404,
    "POST /asset-links/{assetLinkId}/metadata": 404,
    "PUT /asset-links/{assetLinkId}/metadata": 404,
    "DELETE /asset-links/{assetLinkId}/metadata": 404,
    f"GET {VAULTS}/{{vaultId}}/property-definitions/{{id}}": 404,
    # They have no pictures.
    f"GET {VAULTS}/{{vaultId}}/item-versions/{{id}}/thumbnail": 404,
    f"GET {VAULTS}/{{vaultId}}/file-versions/{{id}}/thumbnail": 404,
}
LAST = ("archiveAsset", "deleteAsset", "{content_id}")
ADMIN = Client("admin", ("admin",))


def make_asset(s3: Any) -> None:
    """Three versions of `a1`, which has two files and which admin owns; and the users who ask for them."""
    ADMIN("POST", "/database", {"databaseId": "db1", "description": "a database"})
    facts = {"assetName": "A", "description": "an asset", "isDistributable": True}
    ADMIN("POST", "/assets", PLACE | facts)
    for name in ("admin", "editor", "viewer"):
        people().add(name, name)
    people().add("nobody")
    for name in ("a.txt", "z.txt"):
        s3.put_object(Bucket="assets", Key=f"db1/a1/{name}", Body=b"text")
    for _ in range(3):
        assert ADMIN("POST", f"{ASSET}/createVersion").status == 200


def names_in_paths(get: Callable[[str], Any] = lambda path: ADMIN("GET", path).body) -> dict[str, str]:
    """What each parameter of a path stands for; what is not here names nothing that exists."""
    known = get(ASSET)["ids"]
    posta, drive = known["posta"], known["disguise"]
    second = get(f"/v1/drives/db1/content/{drive['content']}/versions")["data"][1]["id"]
    versions = get(f"/assets/{posta}/versions")["items"]
    second_urn = autodesk_dm.spell_version(ids.split_version_id(UUID(second))[0], 2)
    file = get(f"{ASSET}/getVersion/1")["files"][0]["versionId"]
    file_version = get(f"{VAULTS}/db1/item-versions/{second}/associated-files")["results"][0]["file"]
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
        "file-versions": file_version["id"],
        "files": file_version["file"]["id"],
        "property-definitions": "1",
        "bucket_key": objects.BUCKET,
        "object_key": objects.spell_key(UUID(second), "a.txt"),
        "projects": second_urn,
        "data": second_urn,
        "v1": second,
        "posta asset": posta,
        "posta version": versions[0]["id"],
        "versionId": file,
        "proxy": "a.txt",
        "auxiliary": "a.txt/preview/points.bin",
        "constraintId": "one",
        "roleId": "guest",
        "apiKeyId": "01900000-0000-4000-8000-000000000000",
        "versionComment": "1:first",
        "tagId": "steel",
        "tagTypeId": "material",
        "document": "vams.json",
        "file": "page.js",
        "uploadId": "01900000-0000-7000-8000-000000000000",
    }


def path_of(key: str, names: dict[str, str]) -> str:
    template = key.split(" ")[1]
    own = {"version_id": template.split("/")[1]}
    if template.startswith("/assets/{assetId}"):
        own |= {"assetId": "posta asset", "versionId": "posta version"}
    if "/auxiliaryPreviewAssets/" in template:
        own |= {"proxy": "auxiliary"}
    if "/vaults/" in template and "{id}" in template:
        own |= {"id": re.findall(r"/([a-z-]+)/{id}", template)[0]}

    def fill(found: re.Match[str]) -> str:
        return names.get(own.get(found[1], found[1]), "unknown")

    return re.sub(r"{(\w+)\+?}", fill, template)


def _removes(route: Route) -> tuple[bool, int]:
    """The asset itself is the last to go."""
    name = route.key.rpartition("/")[2]
    return route.key.startswith("DELETE"), LAST.index(name) if name in LAST else -1


@dataclass(frozen=True)
class Wanted:
    """A request that a route has nothing against."""

    method: str
    path: str
    query: dict[str, str]
    body: dict[str, Any] | None


def wanted(key: str, names: dict[str, str], me: str) -> Wanted:
    """What `me` may ask of a route; `names` as `names_in_paths` has them."""
    method, path = key.split(" ")[0], path_of(key, names | {"userId": me})
    return Wanted(method, path, query_of(key, names), body_of(key, me))


def body_of(key: str, me: str) -> dict[str, Any] | None:
    if key.startswith(("GET", "HEAD")):
        return None
    own = BODY | {"userId": me, "subscribers": [me], "apiKeyName": str(uuid4())}
    return BODIES.get(key, {}) if STRICT in key else own | BODIES.get(key, {})


def query_of(key: str, names: dict[str, str]) -> dict[str, str]:
    if STRICT in key:
        return {"copyFrom": names["data"]} if key.startswith("POST") else {}
    return QUERIES.get(key.rpartition("/")[2], {})


def refuses_unknown(key: str) -> bool:
    """Whether a route takes no parameter that it does not know."""
    return key.split(" ")[1].startswith(STRICT_QUERIES)


def statuses(client: Client) -> dict[str, int]:
    """What each guarded route answers this client; routes that remove something come last."""
    me = client.user if client.scopes is None else client.acts_for or client.user
    found, names = {}, names_in_paths()
    for route in sorted(ROUTES, key=_removes):
        if not route.open:
            asked = wanted(route.key, names, me)
            found[route.key] = client(asked.method, asked.path, asked.body, query=asked.query).status
    return found
