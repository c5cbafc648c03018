"""A VAMS client that knows VAMS's own API alone: it signs in, sends parts to links, fetches links."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx

from local.system import System
from tests.system import persons
from tests.system.client import HTTP

Body = dict[str, Any]
PART = 5 * 1024**2
TIMEOUT_SECONDS = 120


@dataclass
class VamsClient:
    """One signed-in user, at work on one asset."""

    url: str
    token: str
    database: str = ""
    asset: str = ""

    @property
    def path(self) -> str:
        return f"/database/{self.database}/assets/{quote(self.asset, safe='')}"

    def ask(self, method: str, path: str, body: Any = None, **query: Any) -> httpx.Response:
        """Never a 5xx, whatever is sent."""
        reply = HTTP.request(
            method,
            self.url + path,
            headers={"Authorization": f"Bearer {self.token}"},
            json=body,
            params=query or None,
        )
        assert reply.status_code < 500, f"{method} {path}: {reply.status_code} {reply.text[:500]}"
        return reply

    def ok(self, method: str, path: str, body: Any = None, **query: object) -> Any:
        reply = self.ask(method, path, body, **query)
        assert reply.status_code == 200, f"{method} {path}: {reply.status_code} {reply.text[:500]}"
        return reply.json()

    def on_asset(self, method: str, action: str, body: Any = None, **query: object) -> Any:
        return self.ok(method, f"{self.path}/{action}", body, **query)

    def facts(self) -> Body:
        """Of a new asset that gives out its files."""
        return {
            "databaseId": self.database,
            "assetName": "Engine",
            "description": "Made by a test",
            "isDistributable": True,
            "tags": ["test"],
        }

    def start(self, files: list[Body]) -> httpx.Response:
        return self.ask("POST", "/uploads", self._upload(files))

    def complete(self, upload: str, files: list[Body]) -> httpx.Response:
        return self.ask("POST", f"/uploads/{upload}/complete", self._upload(files))

    def renew(self, upload: str) -> httpx.Response:
        body = {"databaseId": self.database, "assetId": self.asset}
        return self.ask("POST", f"/uploads/{upload}/links", body)

    def send(self, files: dict[str, bytes]) -> tuple[str, list[Body]]:
        """Start an upload and send every part; the upload, and what there is to complete."""
        started = self.start([announced(path, data) for path, data in files.items()])
        assert started.status_code == 200, started.text[:500]
        body = started.json()
        return body["uploadId"], [sent(file, files[file["relativeKey"]]) for file in body["files"]]

    def upload(self, files: dict[str, bytes]) -> Body:
        done = self.complete(*self.send(files))
        assert done.status_code == 200, done.text[:500]
        body: Body = done.json()
        return body

    def link(self, key: str, **which: str) -> str:
        wanted = {"downloadType": "assetFile", "key": key, **which}
        reply = self.on_asset("POST", "download", wanted)
        assert reply["expiresIn"] <= 15 * 60
        return str(reply["downloadUrl"])

    def download(self, key: str, **which: str) -> bytes:
        return fetch(self.link(key, **which))

    def files(self, **query: object) -> list[Body]:
        """Every item of listFiles, page by page."""
        items: list[Body] = []
        token: Body = {}
        while True:
            page = self.on_asset("GET", "listFiles", **query, **token)
            items += page["items"]
            if "NextToken" not in page:
                return items
            token = {"startingToken": page["NextToken"]}

    def history(self, path: str) -> list[Body]:
        info = self.on_asset("GET", "fileInfo", filePath=path, includeVersions="true")
        versions: list[Body] = info["versions"]
        return versions

    def _upload(self, files: list[Body]) -> Body:
        return {"databaseId": self.database, "assetId": self.asset, "uploadType": "assetFile", "files": files}


def sign_in(system: System, user: str, kind: str = "AccessToken") -> VamsClient:
    """From the address alone: where to sign in comes from the API itself."""
    config = httpx.get(f"{system.api_url}/api/amplify-config", timeout=TIMEOUT_SECONDS).json()
    token = persons.sign_in(system, user, kind, config["cognitoAppClientId"])
    return VamsClient(config["api"].rstrip("/"), token)


def with_asset(system: System, user: str = "editor", **database: object) -> VamsClient:
    """A client with a new database and a distributable asset in it."""
    vams = sign_in(system, user)
    vams.database = f"db-{uuid4().hex[:12]}"
    vams.ok("POST", "/database", {"databaseId": vams.database, "description": "Made by a test", **database})
    vams.asset = vams.ok("POST", "/assets", vams.facts())["assetId"]
    return vams


def announced(path: str, data: bytes) -> Body:
    return {"relativeKey": path, "file_size": len(data), "num_parts": -(-len(data) // PART)}


def sent(file: Body, data: bytes) -> Body:
    """Send every part of one file; the entry that completes it."""
    parts = []
    for link in file["partUploadUrls"]:
        start = (link["PartNumber"] - 1) * PART
        reply = HTTP.put(link["UploadUrl"], content=data[start : start + PART])
        assert reply.status_code == 200, reply.text[:500]
        parts.append({"PartNumber": link["PartNumber"], "ETag": reply.headers["ETag"]})
    return {"relativeKey": file["relativeKey"], "uploadIdS3": file["uploadIdS3"], "parts": parts}


def fetch(url: str) -> bytes:
    reply = httpx.get(url, timeout=TIMEOUT_SECONDS)
    assert reply.status_code == 200, reply.text[:500]
    return reply.content
