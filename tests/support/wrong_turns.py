"""What a new user does wrong at every stage, and what the answers have to say: what is wrong, what to do."""

from typing import Any, NamedTuple

DATABASE = {"databaseId": "cars", "description": "for tests"}
NEW = {"assetName": "Lamp", "description": "a lamp"}
FILES = {"uploadType": "assetFile"}
DOWNLOAD = {"downloadType": "assetFile", "key": "a.txt"}
LINK = {"relationshipType": "related"}
SAID = {"metadata": [{"metadataKey": "n", "metadataValue": "x"}]}
NOWHERE = "01900000-0000-7000-8000-000000000000"


class Turn(NamedTuple):
    """A wrong request; `{database}`, `{asset}` and `{old}` stand for the paths of those that are there."""

    method: str
    path: str
    body: Any
    status: int
    wrong: str
    todo: str


class Place(NamedTuple):
    """Where the walk is: `old` is an archived asset, the other two can be changed."""

    database_id: str
    asset_id: str
    old: str

    def path(self, text: str) -> str:
        database = f"/database/{self.database_id}"
        asset, old = (f"{database}/assets/{one}" for one in (self.asset_id, self.old))
        return text.format(database=database, asset=asset, old=old, id=self.asset_id)

    def body(self, turn: Turn) -> Any:
        """With the ids of the database and the asset where a body names them."""
        here = {"databaseId": self.database_id, "assetId": self.asset_id}
        ends = {
            "fromAssetId": self.asset_id,
            "fromAssetDatabaseId": self.database_id,
            "toAssetId": self.asset_id,
            "toAssetDatabaseId": self.database_id,
        }
        known = {"assets": {"databaseId": self.database_id}, "uploads": here, "asset-links": ends}
        kind = turn.path.strip("/").split("/")[0]
        return (known.get(kind, {}) | turn.body) if isinstance(turn.body, dict) else turn.body


# Version 1 has the alias `gold` and is archived, version 2 is current.
BEFORE: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("PUT", "{asset}/assetversions/1", {"versionAlias": "gold"}),
    ("POST", "{asset}/assetversions/1/archive", {}),
    ("PUT", "{asset}", {"isDistributable": False}),
    ("DELETE", "{old}/archiveAsset", {"confirmArchive": True}),
)

WALK = (
    # a database
    Turn("POST", "/database", DATABASE | {"databaseId": "my cars"}, 400, "databaseId", "letters, digits"),
    Turn("POST", "/database", DATABASE | {"description": "no"}, 400, "description", "at least 4"),
    Turn("POST", "/database", DATABASE | {"defaultBucketId": "mine"}, 400, "defaultBucketId", "GET /buckets"),
    Turn("POST", "/database", [], 400, "body", "must be a JSON object"),
    Turn("GET", "/database/nowhere", None, 404, "nowhere", "GET /database lists"),
    Turn("PUT", "{database}", {}, 400, "give at least one", "description"),
    # an asset
    Turn("POST", "/assets", NEW | {"databaseId": "nowhere"}, 404, "nowhere", "POST /database makes one"),
    Turn("POST", "/assets", {}, 400, "assetName", "required"),
    Turn("POST", "/assets", NEW | {"assetId": "a/b"}, 400, "assetId", "must not contain"),
    Turn("POST", "/assets", NEW | {"bucketExistingKey": "old/"}, 400, "bucketExistingKey", "/adopt"),
    Turn("GET", "{database}/assets/lamp", None, 404, "lamp", "/database/{databaseId}/assets lists"),
    Turn("PUT", "{old}", {"assetName": "x"}, 409, "read-only", "unarchive it"),
    # an upload
    Turn("POST", "/uploads", FILES | {"files": []}, 400, "files", "at least one"),
    Turn("POST", "/uploads", FILES | {"files": [{"relativeKey": "a.txt"}]}, 400, "files.0", "file_size"),
    Turn("POST", "/uploads", FILES | {"uploadType": "model"}, 400, "uploadType", "'assetFile'"),
    Turn("POST", f"/uploads/{NOWHERE}/abort", FILES, 404, "upload", "POST /uploads begins"),
    # a file
    Turn("GET", "{asset}/fileInfo", None, 400, "filePath", "required"),
    Turn("POST", "{asset}/unarchiveFile", {"filePath": "lamp.txt"}, 404, "lamp.txt", "listFiles lists"),
    Turn("POST", "{asset}/download", DOWNLOAD, 403, "not distributable", "isDistributable"),
    Turn("POST", "{asset}/download", {"downloadType": "assetFile"}, 400, "key", "path of the file"),
    # a preview
    Turn("DELETE", "{asset}/deleteAssetPreview", None, 400, "no preview", "an upload"),
    Turn(
        "DELETE",
        "{asset}/deleteAuxiliaryPreviewAssetFiles",
        {"filePath": "a.txt"},
        400,
        "no auxiliary preview",
        "name the file",
    ),
    # a version
    Turn("POST", "{asset}/createVersion", {"useLatestFiles": False}, 400, "files", "at least one file"),
    Turn("POST", "{asset}/createVersion", {"comment": 5}, 400, "comment", "valid string"),
    Turn("POST", "{asset}/createVersion", {"files": [{"relativeKey": "a"}]}, 400, "versionId", "required"),
    Turn("GET", "{asset}/getVersion/2025", None, 400, "2025", "getVersions lists"),
    Turn("PUT", "{asset}/assetversions/1", {"comment": "x"}, 409, "read-only", "unarchive it"),
    Turn("PUT", "{asset}/assetversions/2", {}, 400, "versionAlias", "give versionAlias"),
    # an alias
    Turn("POST", "{asset}/createVersion", {"versionAlias": "v-1"}, 400, "versionAlias", "choose another"),
    Turn("PUT", "{asset}/assetversions/2", {"versionAlias": "latest"}, 400, "versionAlias", "choose another"),
    Turn("PUT", "{asset}/assetversions/2", {"versionAlias": "gold"}, 409, "gold", "moveAlias"),
    Turn("POST", "{asset}/createVersion", {"versionAlias": "gold"}, 409, "gold", "moveAlias"),
    Turn(
        "POST",
        "{asset}/createVersion",
        {"versionAlias": "gold", "moveAlias": True},
        400,
        "moveAlias",
        "with PUT",
    ),
    Turn("PUT", "{asset}/assetversions/2", {"versionAliases": ["a", "a"]}, 400, "Aliases.1", "name each"),
    Turn(
        "PUT", "{asset}/assetversions/2", {"comment": "", "moveAlias": True}, 400, "moveAlias", "which ones"
    ),
    Turn("GET", "{asset}/getVersion/silver", None, 400, "silver", "getVersions lists"),
    # looking back
    Turn("GET", "{asset}/compareVersions/1/9", None, 400, "'9'", "getVersions lists"),
    Turn("GET", "{asset}/getVersion/working", None, 400, "working", "name a version by"),
    Turn("GET", "{asset}/history?at=today", None, 400, "at", "such as 2026"),
    Turn("POST", "{asset}/revertAssetVersion/9", None, 400, "'9'", "getVersions lists"),
    Turn("POST", "{asset}/revertAssetVersion/2", {"paths": []}, 400, "paths", "at least one"),
    Turn("POST", "{asset}/revertAssetVersion/2", {"paths": ["no.txt"]}, 400, "no.txt", "there never was"),
    # publish and archive
    Turn("POST", "{asset}/assetversions/9/publish", None, 400, "'9'", "getVersions lists"),
    Turn("POST", "{asset}/assetversions/2/archive", None, 400, "current version", "make another one current"),
    Turn("POST", "{asset}/assetversions/1/activate", None, 409, "archived", "unarchive it"),
    Turn("DELETE", "{asset}/archiveAsset", {"confirmArchive": False}, 400, "confirmArchive", "must be true"),
    Turn("DELETE", "{old}/archiveAsset", None, 409, "archived already", "unarchive it"),
    Turn("PUT", "{asset}/unarchiveAsset", None, 409, "not archived", "nothing is left to do"),
    # a subscription
    Turn("POST", "/subscriptions", {"eventName": "x"}, 400, "eventName", "Asset Version Change"),
    # tags
    Turn("POST", "/tags", {"tags": [{"tagName": "x"}]}, 400, "tagTypeName", "required"),
    Turn("DELETE", "/tags/nothing", None, 404, "nothing", "GET /tags lists"),
    Turn("DELETE", "/tag-types/nothing", None, 404, "nothing", "POST /tag-types makes one"),
    # links of assets
    Turn("POST", "/asset-links", LINK, 400, "toAssetId", "another asset"),
    Turn("POST", "/asset-links", {"relationshipType": "friend"}, 400, "relationshipType", "'parentChild'"),
    Turn("GET", f"/asset-links/single/{NOWHERE}", None, 404, "asset link", "asset-links lists"),
    # metadata
    Turn("PUT", "{asset}/metadata", {"metadata": []}, 400, "metadata", "at least one"),
    Turn(
        "PUT",
        "{asset}/metadata",
        {"metadata": [{"metadataKey": "n", "metadataValue": "x", "metadataValueType": "number"}]},
        400,
        "metadata.0.metadataValue",
        "metadataValueType",
    ),
    Turn(
        "PUT",
        "{asset}/metadata",
        {"metadata": [{"metadataKey": "n", "metadataValue": "x", "metadataValueType": "words"}]},
        400,
        "metadata.0.metadataValueType",
        "'string'",
    ),
    Turn(
        "PUT",
        "{asset}/metadata",
        SAID | {"updateType": "some"},
        400,
        "updateType",
        "must be 'update'",
    ),
    # comments
    Turn("GET", "/comments/assets/{id}/assetVersionId:commentId/x", None, 400, "commentId", "a colon"),
    # tokens and rights
    Turn("POST", "/api-tokens", {"name": "ci", "expiresInDays": 0}, 400, "expiresInDays", "greater than"),
    Turn("DELETE", "/api-tokens/nothing", None, 404, "nothing", "GET /api-tokens lists"),
    Turn("DELETE", "/roles/nothing", None, 404, "nothing", "POST /roles makes one"),
    Turn("GET", "/auth/constraints/nothing", None, 404, "nothing", "GET /auth/constraints lists"),
)
