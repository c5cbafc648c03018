"""One asset through Autodesk Data Management, as a client of it sees it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

import httpx
from assetversions.dialects.autodesk_dm import ids
from assetversions.domain.model import AssetUid

from local.system import System
from tests.support import jsonapi
from tests.system.client import Api, Asset, Body, new_asset

PDF, PNG = b"%PDF-1.4 one", b"\x89PNG"
MEDIA_TYPE = "application/vnd.api+json"
COPY = {"data": {"type": "versions"}}


@dataclass(frozen=True)
class Dm:
    """One asset through Data Management; `vams` is the same asset through VAMS."""

    vams: Asset
    api: Api
    item_id: str

    @property
    def project(self) -> str:
        return f"/data/v1/projects/b.{self.vams.database_id}"

    @property
    def item(self) -> str:
        return f"{self.project}/items/{quote(self.item_id, safe='')}"

    def urn(self, number: int) -> str:
        item = ids.read_item(self.vams.database_id, self.item_id)
        assert isinstance(item, AssetUid)
        return ids.spell_version(item.uid, number)

    def version(self, number: int) -> str:
        return f"{self.project}/versions/{quote(self.urn(number), safe='')}"

    def call(self, method: str, path: str, **how: Any) -> httpx.Response:
        """Whatever is answered is JSON:API."""
        reply = self.api.call(method, path.removeprefix(self.api.url), **how)
        assert reply.headers["content-type"] == MEDIA_TYPE
        jsonapi.check(reply.json(), reply.status_code)
        return reply

    def get(self, path: str, **query: Any) -> Body:
        reply = self.call("GET", path, params=query or None)
        assert reply.status_code == 200, reply.text
        body: Body = reply.json()
        return body

    def copy(self, number: int, **how: Any) -> httpx.Response:
        query = {"copyFrom": self.urn(number)}
        return self.call("POST", f"{self.project}/versions", params=query, **{"json": COPY, **how})

    def walk(self, path: str) -> Iterator[Body]:
        while True:
            page = self.get(path)
            yield page
            if "next" not in page["links"]:
                return
            path = page["links"]["next"]["href"]

    def numbers(self, query: str = "") -> list[int]:
        return numbers_on(self.get(f"{self.item}/versions{query}"))

    def as_caller(self, token: str | None, url: str | None = None) -> "Dm":
        return replace(self, api=Api(url or self.api.url, token))


def drawing(system: System) -> Dm:
    """A drawing with a thumbnail, in three versions."""
    asset = new_asset(system, {"plans/Maß.pdf": PDF, "plans/Maß.pdf.previewFile.png": PNG})
    for _ in range(3):
        assert asset.create().status_code == 200
    names = asset.api.ok("GET", asset.path)["ids"]["autodesk_dm"]
    assert names["project"] == asset.database_id
    return Dm(asset, asset.api, names["item"])


def numbers_on(page: Body) -> list[int]:
    return [version["attributes"]["versionNumber"] for version in page["data"]]


def problem(reply: httpx.Response) -> tuple[int, str]:
    (error,) = reply.json()["errors"]
    return reply.status_code, error["code"]
