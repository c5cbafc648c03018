"""Databases and the assets in them."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from assetversions_client.http import Http
from assetversions_client.wire import AssetRef, Body, Number, Said, pages, step


class CurrentVersion(Struct, frozen=True):
    """The version that an asset points at; before the first one its number is 0."""

    number: Number = field(name="Version", default="0")
    comment: str | None = field(name="Comment", default=None)


class Asset(Body, frozen=True):
    """An asset as the service shows it."""

    database_id: str
    asset_id: str
    asset_name: str
    description: str = ""
    asset_type: str = ""
    tags: tuple[str, ...] = ()
    is_distributable: bool = False
    owner: str | None = None
    status: str = "active"
    rev: int | None = None
    metadata: Any = None
    current_version: CurrentVersion | None = None
    working_changes: int | None = None

    @property
    def ref(self) -> AssetRef:
        return AssetRef(self.database_id, self.asset_id)

    @property
    def current(self) -> int:
        """The number of the current version; 0 where there is none."""
        return 0 if self.current_version is None else int(self.current_version.number)


class Database(Body, frozen=True):
    """A database as the service shows it."""

    database_id: str
    description: str = ""
    asset_count: int | None = None


class _Databases(Struct, frozen=True):
    items: list[Database] = field(name="Items", default_factory=list)
    next_token: str | None = field(name="NextToken", default=None)


class _Assets(Struct, frozen=True):
    items: list[Asset] = field(name="Items", default_factory=list)
    next_token: str | None = field(name="NextToken", default=None)


class Databases:
    """What the signed-in user may see of the databases."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def all(self) -> Iterator[Database]:
        for page in pages(self._http, "/database", _Databases):
            yield from page.items

    def get(self, database: str) -> Database:
        return self._http.get(f"/database/{step(database)}", Database)

    def create(self, database: str, description: str) -> None:
        body = {"databaseId": database, "description": description}
        self._http.write("POST", "/database", body, Said)


class Assets:
    """What the signed-in user may see of the assets."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def all(self, database: str) -> Iterator[Asset]:
        for page in pages(self._http, f"/database/{step(database)}/assets", _Assets):
            yield from page.items

    def get(self, ref: AssetRef) -> Asset:
        return self._http.get(ref.path, Asset)

    def create(self, ref: AssetRef, name: str, description: str, *, distributable: bool = True) -> None:
        body = {
            "databaseId": ref.database,
            "assetId": ref.asset,
            "assetName": name,
            "description": description,
            "isDistributable": distributable,
        }
        self._http.write("POST", "/assets", body, Said)
