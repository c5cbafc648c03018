"""Every operation that writes, as a request under an `Idempotency-Key`, and a world to send it to."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from assetversions.dialects.disguise import ids as disguise
from assetversions.domain import ids
from assetversions.domain.model import AssetRef
from assetversions.domain.webhooks import DeliveryState
from assetversions.runtime import outward, stores, wiring
from assetversions.runtime.executions import Executions
from assetversions.storage.seals import Seals
from assetversions.storage.webhooks import LaneQueue
from msgspec.structs import replace

from tests.integration.events.lanes import Kms, Lanes
from tests.integration.storage.keyed_uploads import ASSET as ASSET
from tests.integration.storage.keyed_uploads import FILES as FILES
from tests.integration.storage.keyed_uploads import SENT as SENT
from tests.integration.storage.keyed_uploads import UPLOAD as UPLOAD
from tests.integration.storage.keyed_uploads import UPLOADS
from tests.integration.storage.keyed_uploads import Once as Once
from tests.simulation.aws import Account
from tests.support.aws import people
from tests.support.aws_faults import Calls
from tests.support.lambda_client import Answer, Client

LOD = {"filePath": "/a.txt", "primaryType": "lod1"}
DELETED_FILE = {"filePath": "/a.txt", "confirmPermanentDelete": True}
MOVED_FILE = {"sourcePath": "/a.txt", "destinationPath": "/in/new.txt"}
KEY = {"idempotency-key": "k"}
FACTS = {"databaseId": "db1", "assetName": "A", "description": "an asset", "isDistributable": True}
RULE = {
    "identifier": "r1",
    "name": "Readers",
    "description": "",
    "objectType": "asset",
    "criteriaAnd": [{"field": "tags", "operator": "contains", "value": "public"}],
    "groupPermissions": [{"groupId": "ops", "permission": "GET", "permissionType": "allow"}],
}
JOURNAL = ("ARCHIVED#", "LONG#", "CHANGES#", "CHANGING#", "CHANGED#")

admin = Client("admin", ("admin",))


SUBSCRIPTION = {
    "eventName": "Asset Version Change",
    "entityName": "Asset",
    "entityId": "a1",
    "subscribers": ["admin"],
}
SUBSCRIBE = Once("POST", "/subscriptions", SUBSCRIPTION)
PUT_RULE = Once("POST", "/auth/constraints", RULE)
PUT_ROLE = Once("POST", "/roles", {"roleName": "ops", "description": "on call"})
PUT_MEMBERSHIP = Once("POST", "/user-roles", {"userId": "bob", "roleName": ["editor"]})
CREATE_TOKEN = Once("POST", "/api-tokens", {"name": "ci"})
FARM = {"apiKeyName": "farm", "userId": "admin", "description": "of the farm"}
CREATE_KEY = Once("POST", "/auth/api-keys", FARM)
CREATE_DATABASE = Once("POST", "/database", {"databaseId": "db2", "description": "another"})
ARCHIVE_ASSET = Once("DELETE", f"{ASSET}/archiveAsset", {"confirmArchive": True})
ARCHIVE_VERSION = Once("POST", f"{ASSET}/assetversions/1/archive")
IN_BACKGROUND = Once("POST", f"{ASSET}/createVersion", {}, background=True)
RED = {"metadata": [{"metadataKey": "colour", "metadataValue": "red"}]}
PUT_METADATA = Once("PUT", f"{ASSET}/metadata", RED)
PUT_OF_DATABASE = Once("PUT", "/database/db1/metadata", RED)
OF_FILE = {"filePath": "/a.txt", "type": "attribute"}
PUT_OF_FILE = Once("PUT", f"{ASSET}/metadata/file", OF_FILE | RED)
COMMENT = "/comments/assets/a1/assetVersionId:commentId/1:first"
PUT_COMMENT = Once("POST", COMMENT, {"commentBody": "well done"})
SECOND = Once("POST", "/assets", FACTS | {"assetId": "a2"})
LINK = {"fromAssetId": "a1", "fromAssetDatabaseId": "db1", "toAssetId": "a2", "toAssetDatabaseId": "db1"}
CREATE_LINK = Once("POST", "/asset-links", LINK | {"relationshipType": "parentChild"}, behind=(SECOND,))
PUT_OF_LINK = Once("PUT", "/asset-links/{assetLinkId}/metadata", RED, behind=(SECOND, CREATE_LINK))
METAL = {"tagTypeName": "metal", "description": "", "required": "True"}
PUT_TYPES = Once("POST", "/tag-types", {"tagTypes": [METAL, METAL | {"tagTypeName": "wood"}]})
STEEL = {"tagName": "steel", "tagTypeName": "metal"}
PUT_TAGS = Once("POST", "/tags", STEEL, behind=(PUT_TYPES,))
ADJUSTED = "/v1/drives/db1/content/{content}/versions/{version}"

HOOK = {"url": "https://example.com/hook", "events": ["*"]}
MOVED = HOOK | {"events": ["asset.*"]}
CREATE_HOOK = Once("POST", "/webhooks", HOOK)
ROTATE_SECRET = Once("POST", "/webhooks/{webhookId}/secret", behind=(CREATE_HOOK,))
TRY_HOOK = Once("POST", "/webhooks/{webhookId}/test", behind=(CREATE_HOOK,))
EVER = {"from": "2020-01-01T00:00:00Z", "to": "2100-01-01T00:00:00Z"}
# Whose answers are told once: a repeated request is refused, and does nothing.
TOLD_ONCE = {"create_api_token": CREATE_TOKEN, "create_webhook": CREATE_HOOK, "rotate": ROTATE_SECRET}

REQUESTS: dict[str, Once] = {
    "update_webhook": Once(
        "PUT", "/webhooks/{webhookId}", HOOK | {"events": ["asset.*"]}, behind=(CREATE_HOOK,)
    ),
    "delete_webhook": Once("DELETE", "/webhooks/{webhookId}", behind=(CREATE_HOOK,)),
    "try_webhook": TRY_HOOK,
    "redeliver": Once(
        "POST", "/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver", behind=(CREATE_HOOK, TRY_HOOK)
    ),
    "replay_deliveries": Once("POST", "/webhooks/{webhookId}/replay", EVER, behind=(CREATE_HOOK, TRY_HOOK)),
    "create_database": CREATE_DATABASE,
    "update_database": Once("PUT", "/database/db1", {"description": "another", "portableNames": True}),
    "delete_database": Once("DELETE", "/database/db2", behind=(CREATE_DATABASE,)),
    "adopt_assets": Once("POST", "/database/db1/adopt", background=True),
    "create_asset": Once("POST", "/assets", FACTS),
    "update_asset": Once("PUT", ASSET, {"description": "what it is now"}),
    "put_asset_metadata": PUT_METADATA,
    "delete_asset_metadata": Once(
        "DELETE", f"{ASSET}/metadata", {"metadataKeys": ["colour", "weight"]}, behind=(PUT_METADATA,)
    ),
    "put_database_metadata": PUT_OF_DATABASE,
    "delete_database_metadata": Once(
        "DELETE", "/database/db1/metadata", {"metadataKeys": ["colour", "weight"]}, behind=(PUT_OF_DATABASE,)
    ),
    "put file metadata": PUT_OF_FILE,
    "delete file metadata": Once(
        "DELETE", f"{ASSET}/metadata/file", OF_FILE | {"metadataKeys": ["colour"]}, behind=(PUT_OF_FILE,)
    ),
    "create_link": CREATE_LINK,
    "update_link": Once("PUT", "/asset-links/{assetLinkId}", {"tags": ["x"]}, behind=(SECOND, CREATE_LINK)),
    "delete_link": Once("DELETE", "/asset-links/{assetLinkId}", behind=(SECOND, CREATE_LINK)),
    "put_link_metadata": PUT_OF_LINK,
    "delete_link_metadata": Once(
        "DELETE",
        "/asset-links/{assetLinkId}/metadata",
        {"metadataKeys": ["colour", "weight"]},
        behind=(SECOND, CREATE_LINK, PUT_OF_LINK),
    ),
    "put_comment": PUT_COMMENT,
    "delete_comment": Once("DELETE", COMMENT, behind=(PUT_COMMENT,)),
    "put_tag_types": PUT_TYPES,
    "put_tags": PUT_TAGS,
    "delete_tag": Once("DELETE", "/tags/steel", behind=(PUT_TYPES, PUT_TAGS)),
    "delete_tag_type": Once("DELETE", "/tag-types/wood", behind=(PUT_TYPES,)),
    "update_content": Once("PATCH", "/v1/drives/db1/content/{content}", {"name": "better"}),
    "delete a content": Once("DELETE", "/v1/drives/db1/content/{content}"),
    "archive_asset": ARCHIVE_ASSET,
    "unarchive_asset": Once("PUT", f"{ASSET}/unarchiveAsset", behind=(ARCHIVE_ASSET,)),
    "delete_asset": Once("DELETE", f"{ASSET}/deleteAsset", {"confirmPermanentDelete": True}),
    "create_version": Once("POST", f"{ASSET}/createVersion", {"comment": "c"}),
    "create in background": IN_BACKGROUND,
    "update_version": Once("PUT", f"{ASSET}/assetversions/1", {"comment": "new"}),
    "publish_version": Once("POST", f"{ASSET}/assetversions/1/publish"),
    "archive_version": ARCHIVE_VERSION,
    "unarchive_version": Once("POST", f"{ASSET}/assetversions/1/unarchive", behind=(ARCHIVE_VERSION,)),
    "clone_version": Once("POST", f"{ASSET}/assetversions/1/clone", {"comment": "c"}),
    "delete_version": Once("DELETE", f"{ASSET}/assetversions/1"),
    "revert_version": Once("POST", f"{ASSET}/revertAssetVersion/1", {"comment": "c"}, at=3),
    "activate_version": Once("POST", f"{ASSET}/assetversions/1/activate", at=3),
    "adjust the comment": Once("PATCH", ADJUSTED, {"label": "better"}),
    "adjust and activate": Once("PATCH", ADJUSTED, {"label": "better", "set_active": True}, at=3),
    "verify in background": Once("POST", f"{ASSET}/assetversions/1/verify", background=True),
    "zip_version": Once("POST", f"{ASSET}/assetversions/1/zip"),
    "reconcile_files": Once("POST", f"{ASSET}/reconcile"),
    "archive a file": Once(
        "DELETE", f"{ASSET}/archiveFile", {"filePath": "/a.txt", "isPrefix": False}, "DeleteObjects"
    ),
    "archive a folder": Once(
        "DELETE", f"{ASSET}/archiveFile", {"filePath": "/in/", "isPrefix": True}, "DeleteObjects"
    ),
    "unarchive_file": Once("POST", f"{ASSET}/unarchiveFile", {"filePath": "/gone.txt"}, "CopyObject"),
    "revert_file": Once("POST", f"{ASSET}/revertFileVersion/{{first}}", {"filePath": "/a.txt"}, "CopyObject"),
    "move_file": Once("POST", f"{ASSET}/moveFile", MOVED_FILE, "DeleteObjects"),
    "create_folder": Once("POST", f"{ASSET}/createFolder", {"relativeKey": "/in/new/"}, "PutObject"),
    "delete a file": Once(
        "DELETE",
        f"{ASSET}/deleteFile",
        {"filePath": "/a.txt", "confirmPermanentDelete": True},
        "DeleteObjects",
    ),
    "set_primary_file": Once("PUT", f"{ASSET}/setPrimaryFile", LOD),
    "copy_file": Once("POST", f"{ASSET}/copyFile", MOVED_FILE, "CopyObject"),
    **UPLOADS,
    "subscribe": SUBSCRIBE,
    "replace_subscription": Once(
        "PUT", "/subscriptions", SUBSCRIPTION | {"subscribers": ["bob"]}, behind=(SUBSCRIBE,)
    ),
    "unsubscribe": Once("DELETE", "/unsubscribe", SUBSCRIPTION, behind=(SUBSCRIBE,)),
    "delete_subscription": Once("DELETE", "/subscriptions", SUBSCRIPTION, behind=(SUBSCRIBE,)),
    "put_rule": PUT_RULE,
    "delete_rule": Once("DELETE", "/auth/constraints/r1", behind=(PUT_RULE,)),
    "put_role": PUT_ROLE,
    "delete_role": Once("DELETE", "/roles/ops", behind=(PUT_ROLE,)),
    "put_membership": PUT_MEMBERSHIP,
    "delete_membership": Once("DELETE", "/user-roles", {"userId": "bob"}, behind=(PUT_MEMBERSHIP,)),
    "delete_api_token": Once("DELETE", "/api-tokens/{tokenId}", behind=(CREATE_TOKEN,)),
    "update_api_token": Once("PUT", "/auth/api-keys/{apiKeyId}", {"isActive": "false"}, behind=(CREATE_KEY,)),
}
# What comes to the same however often it is sent, and so keeps no receipt.
WITHOUT_RECEIPT: dict[str, Once] = {
    "renew_links": Once("POST", "/uploads/{uploadId}/links", FILES, behind=(UPLOAD,)),
    "cancel_job": Once(
        "DELETE", f"{ASSET}/operations/{{operationId}}", writes="TransactWriteItems", behind=(IN_BACKGROUND,)
    ),
}


class World:
    """An asset whose files have changed since its versions 1 and 2, and a clock that we move."""

    folder = "db1/a1"

    def __init__(self, calls: Calls, account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls, self.account, self.s3 = calls, account, account.s3
        self.late = timedelta()
        now: Callable[[], datetime] = wiring.now
        monkeypatch.setattr(wiring, "now", lambda: now() + self.late)
        monkeypatch.setattr(Executions, "start", lambda *_: None)
        monkeypatch.setattr(Executions, "stop", lambda *_: None)
        monkeypatch.setattr(outward, "seals", lambda: Seals(Kms, lambda: "key"))
        monkeypatch.setattr(outward, "lanes", lambda: LaneQueue(Lanes, lambda: "lanes"))
        people().add("admin", "admin")
        people().add("bob", "admin")
        admin("POST", "/database", {"databaseId": "db1", "description": "a database"})
        admin("POST", "/assets", FACTS | {"assetId": "a1"})
        admin("POST", "/roles", {"roleName": "editor", "description": "works"})
        self.first = self.put("a.txt", "first")
        for path in ("in/b.txt", "in/c.txt", "gone.txt"):
            self.put(path, path)
        admin("POST", f"{ASSET}/createVersion", {})
        self.put("a.txt", "second")
        self.s3.delete_object(Bucket="assets", Key=f"{self.folder}/gone.txt")
        assert admin("POST", f"{ASSET}/createVersion", {}).status == 200
        asset = stores.records().asset_called(AssetRef("db1", "a1"))
        assert asset is not None
        self.names = {
            "first": self.first,
            "content": disguise.spell_asset(asset.uid),
            "version": str(ids.version_id(asset.uid, 1)),
        }

    def put(self, path: str, text: str) -> str:
        put = self.s3.put_object(Bucket="assets", Key=f"{self.folder}/{path}", Body=text.encode())
        return str(put["VersionId"])

    def prepare(self, once: Once) -> None:
        """Send what has to come before it, without a key."""
        for one in once.behind:
            answer = self._ask(one, {})
            assert answer.status < 300, answer
            self.names |= {name: text for name, text in answer.body.items() if isinstance(text, str)}
        if once.operation == "replay_deliveries":
            self._deliver()
        self.calls.clear()

    def _deliver(self) -> None:
        """What waits for the webhook is over."""
        store = outward.webhooks(wiring.table())
        for delivery in store.deliveries(self.names["webhookId"], None, 10):
            now = wiring.now()
            assert store.claim(delivery, now)
            assert store.note(replace(delivery, state=DeliveryState.DELIVERED), now)

    def send(self, once: Once, query: dict[str, str] | None = None, **headers: str) -> Answer:
        return self._ask(once, KEY | headers, query)

    def _ask(self, once: Once, headers: dict[str, str], query: dict[str, str] | None = None) -> Answer:
        more = {"prefer": "respond-async"} if once.background else {}
        one = once.named(self.names)
        return admin(one.method, one.path, one.body, headers=headers | more, query=query)

    def state(self) -> tuple[list[Any], list[Any]]:
        """All object versions and markers, and all items but for receipts and journal."""
        listed = self.s3.list_object_versions(Bucket="assets")
        files = [
            (row["Key"], row["VersionId"])
            for kind in ("Versions", "DeleteMarkers")
            for row in listed.get(kind, [])
        ]
        kept = [
            row
            for (partition, sort), row in self.account.dynamo.items.items()
            if not partition.startswith("ONCE#") and not sort.startswith(JOURNAL)
        ]
        return sorted(files), sorted(kept, key=str)
