"""A small HTTP client for the system tests: one user, and one asset with its files in the bucket."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
from botocore.exceptions import ClientError

from local.system import System

Body = dict[str, Any]
# The first call of each function starts a worker process.
TIMEOUT_SECONDS = 120
BUSY = 503
# One for all: making one reads all certificates anew, which costs more than most calls.
HTTP = httpx.Client(timeout=TIMEOUT_SECONDS)


def until_free(send: Callable[[], httpx.Response]) -> httpx.Response:
    """The answer; who is told that others are at work, and when to come again, sends the request again."""
    while (reply := send()).status_code == BUSY:
        assert reply.headers["Retry-After"], reply.text
    return reply


@dataclass(frozen=True)
class Api:
    """The API as one user sees it; without a token, as nobody."""

    url: str
    token: str | None

    def send(
        self, method: str, path: str, headers: dict[str, str] | None = None, **how: Any
    ) -> httpx.Response:
        token = {} if self.token is None else {"Authorization": f"Bearer {self.token}"}
        return HTTP.request(method, self.url + path, headers=token | (headers or {}), **how)

    def call(self, method: str, path: str, **how: Any) -> httpx.Response:
        """Whatever is sent, the answer is never a 5xx: every test of this folder checks that, too."""
        reply = self.send(method, path, **how)
        assert reply.status_code < 500, f"{method} {path}: {reply.status_code} {reply.text[:500]}"
        return reply

    def ok(self, method: str, path: str, **how: Any) -> Body:
        """The body of a call that must succeed."""
        reply = self.call(method, path, **how)
        assert reply.status_code == 200, f"{method} {path}: {reply.status_code} {reply.text[:500]}"
        body: Body = reply.json()
        return body

    def pages(self, path: str, **query: object) -> Iterator[Body]:
        """Every page of a listing, following its NextToken to the end."""
        token: Body = {}
        while True:
            body = self.ok("GET", path, params=query | token)
            yield body
            if "NextToken" not in body:
                return
            token = {"startingToken": body["NextToken"]}

    def listed(self, path: str) -> Sequence[Body]:
        return [row for page in self.pages(path) for row in page["Items"]]


@dataclass(frozen=True)
class Asset:
    """One asset: its files by direct S3 requests, its versions by HTTP."""

    system: System
    api: Api
    database_id: str
    asset_id: str

    @property
    def path(self) -> str:
        return f"/database/{self.database_id}/assets/{quote(self.asset_id, safe='')}"

    def as_user(self, api: Api) -> "Asset":
        return replace(self, api=api)

    def call(self, method: str, action: str, ref: object = None, **how: Any) -> httpx.Response:
        """`action` is the part of the path behind the asset; `{}` in it stands for the version."""
        return self.api.call(method, f"{self.path}/{action.format(quote(str(ref), safe=''))}", **how)

    # versions

    def create(self, body: Body | None = None, **how: Any) -> httpx.Response:
        """A version without files, too, unless the body says otherwise."""
        return self.call("POST", "createVersion", json={"allowEmpty": True} | (body or {}), **how)

    def update(self, ref: object, body: Body, **how: Any) -> httpx.Response:
        return self.call("PUT", "assetversions/{}", ref, json=body, **how)

    def archive(self, ref: object, **how: Any) -> httpx.Response:
        return self.call("POST", "assetversions/{}/archive", ref, **how)

    def unarchive(self, ref: object, **how: Any) -> httpx.Response:
        return self.call("POST", "assetversions/{}/unarchive", ref, **how)

    def revert(self, ref: object, body: Body | None = None, **how: Any) -> httpx.Response:
        return self.call("POST", "revertAssetVersion/{}", ref, json=body, **how)

    def get(self, ref: object, **query: object) -> httpx.Response:
        return self.call("GET", "getVersion/{}", ref, params=query)

    def list(self, **query: object) -> httpx.Response:
        return self.call("GET", "getVersions", params=query)

    def version(self, ref: object) -> Body:
        reply = self.get(ref)
        assert reply.status_code == 200, reply.text
        body: Body = reply.json()
        return body

    def pins(self, ref: object) -> dict[str, str]:
        """What a version holds: the object version of each path."""
        return {file["relativeKey"]: file["versionId"] for file in self.version(ref)["files"]}

    def pages(self, action: str, ref: object = None, **query: object) -> Iterator[Body]:
        return self.api.pages(f"{self.path}/{action.format(quote(str(ref), safe=''))}", **query)

    def versions(self, **query: object) -> Sequence[Body]:
        return [version for page in self.pages("getVersions", **query) for version in page["versions"]]

    def numbers(self, **query: object) -> Sequence[int]:
        return [int(version["Version"]) for version in self.versions(**query)]

    def etag(self) -> str:
        reply = self.api.call("GET", self.path)
        assert reply.status_code == 200, reply.text
        return reply.headers["etag"]

    # files

    def put(self, path: str, data: bytes) -> str:
        """Store a working file and return its object version."""
        reply = self._s3.put_object(Bucket=self.system.assets_bucket, Key=self._prefix + path, Body=data)
        return str(reply["VersionId"])

    def delete(self, path: str) -> None:
        self._s3.delete_object(Bucket=self.system.assets_bucket, Key=self._prefix + path)

    def destroy(self, path: str, object_version: str) -> None:
        """Remove the bytes of one object version for good."""
        where = {"Bucket": self.system.assets_bucket, "Key": self._prefix + path}
        self._s3.delete_object(**where, VersionId=object_version)

    def read(self, path: str, object_version: str | None = None) -> bytes | None:
        """The bytes of a working file, or of an object version; None where there is none."""
        which = {} if object_version is None else {"VersionId": object_version}
        try:
            reply = self._s3.get_object(Bucket=self.system.assets_bucket, Key=self._prefix + path, **which)
        except ClientError as error:
            assert error.response["Error"]["Code"] in {"NoSuchKey", "NoSuchVersion"}, error
            return None
        data: bytes = reply["Body"].read()
        return data

    def working(self) -> dict[str, str]:
        """The newest object version of every file that is not deleted, by path."""
        return {self._relative(row): row["VersionId"] for row in self._history("Versions") if row["IsLatest"]}

    def deleted(self) -> set[str]:
        """The paths whose newest object version is a delete marker."""
        return {self._relative(row) for row in self._history("DeleteMarkers") if row["IsLatest"]}

    def object_versions(self, path: str) -> Sequence[str]:
        """Of one path, delete markers among them."""
        rows = [row for kind in ("Versions", "DeleteMarkers") for row in self._history(kind)]
        return [row["VersionId"] for row in rows if self._relative(row) == path]

    def contents(self) -> dict[str, bytes | None]:
        return {path: self.read(path) for path in self.working()}

    @property
    def _s3(self) -> Any:
        return self.system.client("s3")

    @property
    def _prefix(self) -> str:
        return f"{self.database_id}/{self.asset_id}/"

    def _relative(self, row: Body) -> str:
        return str(row["Key"]).removeprefix(self._prefix)

    def _history(self, kind: str) -> Iterator[Body]:
        pages = self._s3.get_paginator("list_object_versions").paginate(
            Bucket=self.system.assets_bucket, Prefix=self._prefix
        )
        for page in pages:
            yield from page.get(kind, [])


def api(system: System, user: str) -> Api:
    """The API as one of the three users: admin, editor, viewer."""
    return Api(system.api_url, system.tokens[user])


def new_database(system: System) -> str:
    database_id = f"db-{uuid4().hex[:12]}"
    api(system, "editor").ok(
        "POST", "/database", json={"databaseId": database_id, "description": "Made by a test"}
    )
    return database_id


def new_asset(system: System, files: dict[str, bytes] | None = None, asset_id: str = "asset") -> Asset:
    """An editor's asset in a database of its own, with these working files and no version yet."""
    editor = api(system, "editor")
    asset = Asset(system, editor, new_database(system), asset_id)
    editor.ok("POST", "/assets", json=asset_body(asset.database_id, asset_id))
    for path, data in (files or {}).items():
        asset.put(path, data)
    return asset


def asset_body(database_id: str, asset_id: str) -> Body:
    return {
        "databaseId": database_id,
        "assetId": asset_id,
        "assetName": "Desk lamp",
        "description": "It has an arm",
        "isDistributable": True,
        "tags": ["test"],
    }


def function_name(system: System, name: str) -> str:
    """What CloudFormation has called one of our functions."""
    pages = system.client("lambda").get_paginator("list_functions").paginate()
    (found,) = [
        one["FunctionName"] for page in pages for one in page["Functions"] if one["Description"] == name
    ]
    return str(found)
