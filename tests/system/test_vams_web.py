"""VAMS's own web pages start and show versions: the calls that they make, as a browser makes them."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from local.system import System
from tests.system.client import HTTP
from tests.system.vams_client import VamsClient, announced, sign_in, with_asset

ORIGIN = "http://localhost:3000"
# The pages that the web app asks about, a few of its twenty-nine.
PAGES = ["/", "/databases", "/databases/:databaseId/assets/:assetId", "/upload", "*"]
OLD = {"in/scene.gltf": b"{}", "in/wood.png": b"old", "gone.txt": b"gone"}
NEW = {"in/wood.png": b"newer", "added.txt": b"added"}


class Browser:
    """The pages, with one who has signed in; each request is preceded by the browser's own question."""

    def __init__(self, vams: VamsClient) -> None:
        self.vams = vams

    def send(self, method: str, path: str, body: Any = None, **query: str) -> Any:
        self._may(method, path)
        headers = {"Authorization": f"Bearer {self.vams.token}", "Content-Type": "application/json"}
        reply = HTTP.request(
            method, self.vams.url + path, json=body, params=query, headers=headers | {"Origin": ORIGIN}
        )
        assert (reply.status_code, allowed(reply)) == (200, True), f"{method} {path}: {reply.text[:300]}"
        return reply.json()

    def get(self, path: str, **query: str) -> Any:
        """They take a text in `message` for the answer, or for a failure."""
        found = self.send("GET", path, **query)
        assert not isinstance(found.get("message"), str) or "metadata" in found
        return found

    def pages(self, path: str, query: dict[str, str]) -> Iterator[Any]:
        """The items of a list, page after page."""
        page = self.get(path, **query)
        yield from page["Items"]
        while token := page.get("NextToken"):
            page = self.get(path, **query, startingToken=token)
            yield from page["Items"]

    def _may(self, method: str, path: str) -> None:
        asked = {
            "Origin": ORIGIN,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": "authorization,content-type",
        }
        reply = HTTP.options(self.vams.url + path, headers=asked)
        assert (reply.is_success, allowed(reply)) == (True, True), path
        assert {"authorization", "content-type"} <= set(words(reply.headers, "headers"))
        assert method.lower() in words(reply.headers, "methods")


def allowed(reply: httpx.Response) -> bool:
    return reply.headers.get("access-control-allow-origin") == ORIGIN


def words(headers: Mapping[str, str], what: str) -> list[str]:
    return [word.strip() for word in headers[f"access-control-allow-{what}"].lower().split(",")]


@pytest.fixture(scope="module")
def web(system: System) -> Browser:
    """An asset with a version, and what has changed since."""
    vams = with_asset(system)
    vams.upload(OLD)
    vams.on_asset("POST", "createVersion", {"comment": "first", "versionAlias": "release"})
    vams.upload(NEW)
    vams.on_asset("DELETE", "archiveFile", {"filePath": "gone.txt"})
    signed_in = sign_in(system, "editor", "IdToken")
    signed_in.database, signed_in.asset = vams.database, vams.asset
    return Browser(signed_in)


def test_the_pages_start_with_an_id_token(system: System, web: Browser) -> None:
    config = httpx.get(f"{system.api_url}/api/amplify-config", headers={"Origin": ORIGIN}, timeout=60)
    assert allowed(config)
    assert {"api", "region", "cognitoUserPoolId", "cognitoAppClientId"} <= set(config.json())
    features = web.get("/secure-config")
    assert {"NOOPENSEARCH", "AUTHPROVIDER_COGNITO"} <= set(features["featuresEnabled"].split(","))
    assert (features["webDeployedUrl"], features["locationServiceApiUrl"]) == ("", "")
    profile = web.send("POST", "/auth/loginProfile/editor")
    assert profile["message"]["Items"][0]["userId"] == "editor"
    asked = [{"method": "GET", "route__path": page} for page in PAGES]
    assert web.send("POST", "/auth/routes", {"routes": asked})["allowedRoutes"] == asked


def test_a_part_is_sent_from_a_page_which_reads_its_etag(web: Browser) -> None:
    files = [announced(path, data) for path, data in NEW.items()]
    asset = web.vams.facts() | {"assetId": "uploaded"}
    body = {
        "databaseId": web.vams.database,
        "assetId": web.send("POST", "/assets", asset)["assetId"],
        "uploadType": "assetFile",
    }
    started = web.send("POST", "/uploads", body | {"files": files})
    done = []
    for file in started["files"]:
        (link,) = file["partUploadUrls"]
        asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "PUT"}
        assert allowed(httpx.options(link["UploadUrl"], headers=asked))
        sent = httpx.put(link["UploadUrl"], content=NEW[file["relativeKey"]], headers={"Origin": ORIGIN})
        assert (sent.status_code, allowed(sent)) == (200, True)
        assert "etag" in words({"access-control-allow-x": sent.headers["access-control-expose-headers"]}, "x")
        parts = [{"PartNumber": link["PartNumber"], "ETag": sent.headers["etag"].strip('"')}]
        done.append({"relativeKey": file["relativeKey"], "uploadIdS3": file["uploadIdS3"], "parts": parts})
    uploaded = web.send("POST", f"/uploads/{started['uploadId']}/complete", body | {"files": done})
    assert uploaded["overallSuccess"] is True
    wanted = {"useLatestFiles": True, "comment": "first", "files": []}
    made = web.send("POST", f"/database/{web.vams.database}/assets/uploaded/createVersion", wanted)
    assert made["assetVersionId"] == "1"


def test_lists_and_an_asset_are_shown(web: Browser) -> None:
    vams, listing = web.vams, {"showArchived": "false", "maxItems": "1000", "pageSize": "1000"}
    assert vams.database in [one["databaseId"] for one in web.get("/database")["Items"]]
    for path in ("/assets", f"/database/{vams.database}/assets"):
        assert vams.asset in [one["assetId"] for one in web.pages(path, listing)]
    asset = web.get(vams.path, showArchived="true")
    assert (asset["assetId"], asset["status"]) == (vams.asset, "active")
    assert asset["currentVersion"]["Version"] == "1"
    assert asset["assetLocation"]["Key"] == f"{vams.database}/{vams.asset}/"
    assert web.get(f"{vams.path}/asset-links", childTreeView="true")["children"] == []
    assert web.get(f"{vams.path}/metadata", assetVersionId="1")["metadata"] == []
    assert web.get(f"/comments/assets/{vams.asset}")["message"] == []
    kind = {"databaseId": vams.database, "metadataEntityType": "assetMetadata"}
    assert web.get("/metadataschema", **kind)["Items"] == []
    for path in ("/tags", "/tag-types", "/subscriptions", "/buckets"):
        assert isinstance(web.get(path)["message"]["Items"], list)
    told = {"userId": "editor", "assetId": vams.asset}
    assert web.send("POST", "/check-subscription", told)["message"] != "success"


def test_versions_are_shown_and_compared_with_each_other_and_with_the_files_of_now(web: Browser) -> None:
    vams = web.vams
    web.send("PUT", f"{vams.path}/assetversions/1", {"comment": "the first", "versionAlias": "release"})
    listed = web.get(f"{vams.path}/getVersions", pageSize="100", showArchived="true")["versions"]
    shown = {name: listed[-1][name] for name in ("Version", "Comment", "createdBy", "versionAlias")}
    told = {"Version": "1", "Comment": "the first", "createdBy": "editor", "versionAlias": "release"}
    assert shown == told
    first = web.get(f"{vams.path}/getVersion/{shown['Version']}")
    assert {file["relativeKey"] for file in first["files"]} == set(OLD)
    now = web.get(f"{vams.path}/listFiles", includeArchived="false")["items"]
    assert compared(first["files"], now) == dict(zip(OLD, ["same", "modified", "removed"], strict=True)) | {
        "added.txt": "added"
    }
    for basic, size in (("true", "1500"), ("false", "100")):
        query = {"includeArchived": "false", "basic": basic, "pageSize": size, "assetVersionId": "1"}
        assert len(web.get(f"{vams.path}/listFiles", **query)["items"]) == len(OLD)
    info = web.get(f"{vams.path}/fileInfo", filePath="in/wood.png", includeVersions="true")
    assert info["versions"][-1]["assetVersionIds"] == [{"id": "1", "label": "v1 (release)"}]
    wanted = {"downloadType": "assetFile", "key": "in/wood.png", "assetVersionId": "1"}
    link = web.send("POST", f"{vams.path}/download", wanted)["downloadUrl"]
    fetched = httpx.get(link, headers={"Origin": ORIGIN})
    assert (fetched.content, allowed(fetched)) == (b"old", True)
    assert urlsplit(link).scheme in {"http", "https"}


def test_a_viewer_streams_a_file_at_a_version_by_its_whole_key(system: System, web: Browser) -> None:
    api = httpx.get(f"{system.api_url}/api/amplify-config", timeout=60).json()["api"]
    (file,) = [one for one in web.get(f"{web.vams.path}/listFiles")["items"] if one["fileName"] == "wood.png"]
    url = f"{api}{web.vams.path.removeprefix('/')}/download/stream/{file['key']}"
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "GET"}
    assert allowed(HTTP.options(url, headers=asked | {"Access-Control-Request-Headers": "authorization"}))
    headers = {"Authorization": f"Bearer {web.vams.token}", "Origin": ORIGIN}
    for query, content in (({}, b"newer"), ({"assetVersionId": "1"}, b"old")):
        streamed = HTTP.get(url, params=query, headers=headers)
        assert (streamed.content, allowed(streamed)) == (content, True)
    assert HTTP.head(url, headers=headers).headers["content-length"] == str(len(b"newer"))


def compared(old: list[dict[str, Any]], now: list[dict[str, Any]]) -> dict[str, str]:
    """As the pages compare: by `relativeKey`, and then by `etag`."""
    before, after = ({one["relativeKey"]: one["etag"] for one in files} for files in (old, now))
    found = dict.fromkeys(after.keys() - before.keys(), "added")
    for key, etag in before.items():
        found[key] = "removed" if key not in after else "same" if after[key] == etag else "modified"
    return found
