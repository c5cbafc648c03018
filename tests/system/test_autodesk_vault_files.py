"""Autodesk Vault over HTTP: the lists of a vault, the files of a version and their bytes."""

from typing import Any

import httpx
import pytest

from local.system import System
from tests.support.walk import found
from tests.system.client import HTTP, Api, Asset, Body, api, asset_body, new_asset

VAULTS = "/AutodeskDM/Services/api/vault/v2/vaults"
# More than a reply has room for.
LARGE = bytes(range(250)) * 20_000
PICTURE = b"\x89PNG picture"


@pytest.fixture(scope="module")
def vault(system: System) -> Asset:
    """Item `asset` with two versions of `a/Maß.txt`, its picture, a large file; and `bolt`, without any."""
    asset = new_asset(system, {"a/Maß.txt": b"first", "large.bin": LARGE})
    asset.put("a/Maß.txt.previewFile.png", PICTURE)
    asset.api.ok("PUT", asset.path, json={"assetName": "Editor's desk"})
    facts = asset_body(asset.database_id, "bolt") | {"assetName": "Bolt"}
    asset.api.ok("POST", "/assets", json=facts)
    assert asset.create().status_code == 200
    asset.put("a/Maß.txt", b"second")
    assert asset.create({"bumpRevision": True}).status_code == 200
    return asset.as_user(api(system, "viewer"))


def url(vault: Asset, below: str) -> str:
    return f"{VAULTS}/{vault.database_id}/{below}"


def versions(vault: Asset, query: str = "") -> list[Body]:
    results: list[Body] = vault.api.ok("GET", url(vault, f"item-versions?{query}"))["results"]
    return results


def file(vault: Asset, number: int, name: str) -> str:
    """Its address in the version of this number."""
    [version] = [one for one in versions(vault, "option[latestOnly]=false") if one["version"] == number]
    results = vault.api.ok("GET", f"{version['url']}/associated-files")["results"]
    [address] = [one["file"]["url"] for one in results if one["file"]["name"] == name]
    return str(address)


def raw(vault: Asset, method: str, path: str, **headers: str) -> httpx.Response:
    return vault.api.call(method, path, headers=headers)


def test_the_lists_of_a_vault_show_its_items_and_their_versions(vault: Asset) -> None:
    items = vault.api.ok("GET", url(vault, "items"))
    assert [(one["id"], one["versionType"]) for one in items["results"]] == [
        ("asset", "Latest"),
        ("bolt", "None"),
    ]
    assert items["pagination"] == {"limit": 100, "totalResults": 2, "indexingStatus": "NA"}
    defaults = "limit=100&sort=ItemNumber&option[latestOnly]=true&option[releasedItemsOnly]=false"
    assert [one["version"] for one in versions(vault, defaults)] == [2]
    assert [one["version"] for one in versions(vault, "q=EDITOR'S&option%5BlatestOnly%5D=false")] == [1, 2]
    assert versions(vault, "q=bolt") == []
    refused = vault.api.call("GET", url(vault, "item-versions?sort=Revision%20desc"))
    assert (refused.status_code, refused.json()["detail"][:16]) == (400, "sort: 'Revision ")


def test_the_bytes_of_a_version_are_there_whole_and_in_parts(vault: Asset) -> None:
    for number, data in ((1, b"first"), (2, b"second")):
        content = f"{file(vault, number, 'Maß.txt')}/content"
        whole = raw(vault, "GET", content)
        assert (whole.content, whole.headers["Accept-Ranges"]) == (data, "bytes")
        assert whole.headers["Content-Disposition"] == "attachment; filename*=UTF-8''Ma%C3%9F.txt"
        part = raw(vault, "GET", content, Range="bytes=1-2")
        assert (part.status_code, part.content, part.headers["Content-Range"]) == (
            206,
            data[1:3],
            f"bytes 1-2/{len(data)}",
        )
        none = raw(vault, "GET", content, Range="bytes=900-")
        assert (none.status_code, none.json()["statusCode"]) == (416, 416)
        head = raw(vault, "HEAD", content)
        assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(data)))
    for below in (f"{file(vault, 1, 'Maß.txt')}/thumbnail", f"{versions(vault)[0]['url']}/thumbnail"):
        found_there = raw(vault, "GET", below)
        expected = (200, PICTURE) if "file-versions" in below else (404, None)
        assert (found_there.status_code, found_there.content if expected[1] else None) == expected


def test_a_large_file_is_read_by_a_link_by_parts_and_where_a_redirect_leads(vault: Asset) -> None:
    address = file(vault, 1, "large.bin")
    signed = vault.api.ok("GET", f"{address}/signedurl?expirationTime=60")
    assert httpx.get(signed["url"]).content == LARGE
    told = raw(vault, "GET", f"{address}/content")
    assert (told.status_code, told.json()["errorCode"]) == (307, "elsewhere")
    assert httpx.get(told.headers["Location"]).content == LARGE
    half = len(LARGE) // 2
    parts = [raw(vault, "GET", f"{address}/content", Range=f"bytes={at}-{at + half - 1}") for at in (0, half)]
    assert b"".join(part.content for part in parts) == LARGE
    token = {"Authorization": f"Bearer {vault.api.token}"}
    assert (
        HTTP.get(f"{vault.api.url}{address}/content", headers=token, follow_redirects=True).content == LARGE
    )


def test_every_address_in_lists_and_files_answers_with_the_same_token(vault: Asset) -> None:
    starts = [
        url(vault, below) for below in ("items?limit=1", "item-versions?limit=1&option[latestOnly]=false")
    ]
    open_: set[str] = set(starts) | {f"{versions(vault)[0]['url']}/associated-files?limit=1"}
    seen: set[str] = set()
    while open_:
        address = open_.pop()
        seen.add(address)
        open_ |= set(found(vault.api.ok("GET", address), "url", "nextUrl")) - seen
    for kind in ("/items/", "/item-versions/", "/file-versions/", "/files/", "cursorState"):
        assert any(kind in one for one in seen), kind


def test_errors_are_in_vaults_words_in_headers_where_there_is_no_body(vault: Asset, system: System) -> None:
    content = f"{file(vault, 1, 'Maß.txt')}/content"
    nobody = Api(system.api_url, None)
    asked: list[tuple[Any, str, int]] = [
        (nobody, content, 401),
        (vault.api, content.replace("file-versions/", "file-versions/x"), 404),
        (vault.api, f"{content}?wmSrcItemVerId=5", 400),
    ]
    for who, path, status in asked:
        refused, head = who.call("GET", path), who.call("HEAD", path)
        assert (refused.status_code, refused.json()["statusCode"]) == (status, status)
        assert (head.status_code, head.headers["x-vault-error-code"]) == (
            status,
            refused.json()["errorCode"],
        )
        assert head.headers["x-vault-error-detail"]
