"""The real endpoint and storage over an AWS in memory, as strict as the real one; no request changes it."""

import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from assetversions.domain.cursor import seal
from assetversions.engine import paging
from assetversions.runtime import admitted, endpoint
from assetversions.storage.dynamodb import keys

from tests.simulation.aws import ASSETS, Account
from tests.support.aws import people
from tests.support.in_memory import account, in_memory
from tests.support.lambda_client import Context, handler
from tests.support.routes import ADMIN, ASSET, PLACE, make_asset, names_in_paths

VAULT = "/AutodeskDM/Services/api/vault/v2/vaults/db1"
ONE_A_PAGE = {"pageSize": "1", "limit": "1", "includeArchived": "true"}
PAGED: list[tuple[str, dict[str, str]]] = [
    *((f"{ASSET}/{name}", {}) for name in ("getVersions", "getVersion/1", "listFiles", "history")),
    (f"{ASSET}/fileInfo", {"filePath": "a.txt", "includeVersions": "true"}),
    (f"{ASSET}/compareVersions/1/4", {}),
    (f"{ASSET}/assetversions/1/download", {}),
    (f"{ASSET}/changes", {"since": "2000-01-01T00:00:00Z"}),
    (f"{VAULT}/items/a1/versions", {}),
    (f"{VAULT}/property-definitions", {}),
    (f"{VAULT}/items", {}),
    *((f"{VAULT}/item-versions", {"option[latestOnly]": "false", "sort": sort}) for sort in ("Id", "Name")),
    *((path, {}) for path in ("/database", "/assets", "/database/db1/assets", "/subscriptions", "/roles")),
    *(
        (path, {})
        for path in (
            "/user-roles",
            "/auth/constraints",
            "/auth/events",
            "/api-tokens",
            "/auth/api-keys",
            "/webhooks",
            "/tags",
            "/tag-types",
            "/comments/assets/a1",
        )
    ),
]


@dataclass(frozen=True)
class Answer:
    """`body` is the text as it was sent, bytes `encoded` in Base64; `why` is what nobody expected, if
    something was."""

    status: int
    headers: Mapping[str, str]
    body: str
    why: str
    encoded: bool = False


@dataclass(frozen=True)
class List:
    """A list asked for one at a time; `cursor` leads on, and is for this `scope` alone."""

    path: str
    query: dict[str, str]
    scope: str
    cursor: str


class World:
    """`names` are what paths may hold; `lists` are what has more than a page."""

    def __init__(self, account: Account, caught: list[str]) -> None:
        self.account = account
        self._caught = caught
        self.names = self._filled()
        deliveries = f"/webhooks/{self.names['webhookId']}/deliveries"
        self.lists = [_list(path, _one_a_page(path) | query) for path, query in [*PAGED, (deliveries, {})]]
        self._keep()

    def ask(self, event: dict[str, Any]) -> Answer:
        """What a request comes to; nothing of it stays."""
        self._caught.clear()
        reply = handler(event["routeKey"])(event, Context())
        self.forget()
        encoded = reply.get("isBase64Encoded", False)
        return Answer(reply["statusCode"], reply["headers"], reply["body"], "\n".join(self._caught), encoded)

    def change(self, method: str, path: str, body: Any = None) -> Any:
        """What an admin asks for, and what stays."""
        found = _done(method, path, body)
        self._keep()
        return found

    @property
    def calls(self) -> int:
        """How many AWS has had."""
        return self.account.calls

    def _keep(self) -> None:
        self._items = dict(self.account.dynamo.items)
        self._put_back = self.account.assets.keep(), self.account.manifests.keep()

    def forget(self) -> None:
        """What was done since it was kept last."""
        table = self.account.dynamo
        if _revision(table.items) != _revision(self._items):
            admitted.admission.cache_clear()
        table.items = dict(self._items)
        for put_back in self._put_back:
            put_back()

    def _preview(self) -> None:
        """One of the asset, and one that a pipeline has made of a file."""
        key = ".auxiliaryPreview/db1/a1/a.txt/preview/points.bin"
        self.account.s3.put_object(Bucket=ASSETS, Key=key, Body=b"{}")
        picture = {"uploadType": "assetPreview", "files": [{"relativeKey": "a.png", "file_size": 0}]}
        begun = _done("POST", "/uploads", PLACE | picture)
        parts = [
            {"relativeKey": one["relativeKey"], "uploadIdS3": one["uploadIdS3"], "parts": []}
            for one in begun["files"]
        ]
        _done("POST", f"/uploads/{begun['uploadId']}/complete", PLACE | picture | {"files": parts})

    def _filled(self) -> dict[str, str]:
        """An asset with some versions, and some of everything else that a route may name."""
        s3 = self.account.s3
        s3.put_object(Bucket=ASSETS, Key="db1/a1/gone.txt", Body=b"text")
        marker = s3.delete_object(Bucket=ASSETS, Key="db1/a1/gone.txt")["VersionId"]
        for name in ("b.txt", "d/c.txt"):
            s3.put_object(Bucket=ASSETS, Key=f"db1/a1/{name}", Body=b"text")
        make_asset(s3)
        metadata = [{"metadataKey": key, "metadataValue": "1"} for key in ("x", "y")]
        _done("PUT", ASSET, {"metadata": metadata})
        _done("PUT", "/database/db1/metadata", {"metadata": metadata})
        for kind in ("metadata", "attribute"):
            of_file = {"filePath": "a.txt", "type": kind}
            _done("PUT", f"{ASSET}/metadata/file", of_file | {"metadata": metadata})
        _done("PUT", f"{ASSET}/assetversions/2", {"versionAlias": "second"})
        for name in ("b.txt", "d/c.txt"):
            _done("DELETE", f"{ASSET}/archiveFile", {"filePath": name})
        _done("POST", f"{ASSET}/createVersion")
        for name in ("one", "two"):
            people().add(name, "viewer")
            _done("POST", "/database", {"databaseId": f"db-{name}", "description": "another one"})
            _done("POST", "/roles", {"roleName": name, "description": "d"})
            _done("POST", "/user-roles", {"userId": name, "roleName": [name]})
            _done("POST", "/api-tokens", {"name": name})
            _done("POST", "/tag-types", {"tagTypeName": name})
            commented = f"/comments/assets/a1/assetVersionId:commentId/1:{name}"
            _done("POST", commented, {"commentBody": "well done"})
            _done("POST", "/tags", {"tagName": name, "tagTypeName": name})
            other = {"databaseId": "db1", "assetId": name, "assetName": name, "description": "another one"}
            _done("POST", "/assets", other)
            subscription = {"eventName": "Asset Version Change", "entityName": "Asset", "entityId": name}
            _done("POST", "/subscriptions", subscription | {"subscribers": [name]})
        _done("POST", "/tag-types", {"tagTypeName": "material"})
        _done("POST", "/tags", {"tagName": "steel", "tagTypeName": "material"})
        ends = {"fromAssetId": "a1", "fromAssetDatabaseId": "db1", "toAssetDatabaseId": "db1"}
        related = ends | {"toAssetId": "one", "relationshipType": "related"}
        link = _done("POST", "/asset-links", related)["assetLinkId"]
        _done("PUT", f"/asset-links/{link}/metadata", {"metadata": metadata})
        files = {"uploadType": "assetFile", "files": [{"relativeKey": "b.txt", "file_size": 0}]}
        upload = _done("POST", "/uploads", PLACE | files)["uploadId"]
        self._preview()
        later = {"prefer": "respond-async"}
        job = _done("POST", f"{ASSET}/assetversions/1/verify", headers=later)["operationId"]
        token = _done("POST", "/api-tokens", {"name": "three"})["tokenId"]
        named = {"apiKeyName": "four", "userId": "admin", "description": "a key"}
        key = _done("POST", "/auth/api-keys", named)["apiKeyId"]
        rule = {"field": "assetId", "operator": "equals", "value": "else"}
        _done("POST", "/roles", {"roleName": "guest", "description": "d"})
        for name in ("one", "two"):
            granted = [{"groupId": name, "permission": "GET", "permissionType": "allow"}]
            constraint = {"identifier": name, "objectType": "asset", "criteriaAnd": [rule]}
            _done("POST", "/auth/constraints", constraint | {"groupPermissions": granted})
        _done("POST", "/user-roles", {"userId": "admin", "roleName": ["two"]})
        hook = {"url": "https://93.184.215.14/hook", "events": ["*"]}
        _, webhook = (_done("POST", "/webhooks", hook)["webhookId"] for _ in range(2))
        _, delivery = (_done("POST", f"/webhooks/{webhook}/test")["deliveryId"] for _ in range(2))
        more = {"uploadId": upload, "operationId": job, "jobId": job, "tokenId": token, "marker": marker}
        more |= {"apiKeyId": key}
        more |= {"assetLinkId": link, "versionComment": "1:one"}
        more |= {"webhookId": webhook, "deliveryId": delivery}
        names = names_in_paths() | more
        return names | {"job_id": f"{names['item_id'].rpartition(':')[2]}.{job}"}


def _one_a_page(path: str) -> dict[str, str]:
    """Vault refuses what is no parameter of the operation."""
    return {"limit": "1"} if path.startswith(VAULT) else ONE_A_PAGE


def _list(path: str, query: dict[str, str]) -> List:
    """What a page of one makes of a cursor, and for what."""
    made: list[tuple[str, str]] = []

    def sealed(scope: str, position: str | int) -> str:
        made.append((scope, seal(scope, position)))
        return made[-1][1]

    with patch.object(paging, "seal", sealed):
        _done("GET", path, query=query)
    assert made, path
    (scope, cursor), *_ = made
    return List(path, query, scope, cursor)


@contextmanager
def world() -> Iterator[World]:
    """One at a time; where there is a path, a method and a rule, everything is there."""
    made = account()
    caught: list[str] = []
    told = patch.object(endpoint.logger, "exception", lambda *_: caught.append(traceback.format_exc()))
    with in_memory(made), told:
        yield World(made, caught)


def _done(method: str, path: str, body: Any = None, **how: Any) -> Any:
    answer = ADMIN(method, path, body, **how)
    assert answer.status < 300, (method, path, answer)
    return answer.body


def _revision(items: Mapping[Any, Any]) -> Any:
    return items[tuple(keys.policy_revision().values())]
