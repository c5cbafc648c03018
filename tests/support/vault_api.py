"""Vault over a small world: a URL goes through its route's decoder, operation and encoder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from assetversions.dialects.autodesk_vault.routes import ROUTES
from assetversions.dialects.common.http import Reply
from assetversions.domain.commands.catalog import UpdateAsset
from assetversions.domain.commands.versions import CreateVersion
from assetversions.domain.metadata import Metadatum, ValueType
from assetversions.domain.model import Asset, AssetRef, Database, Version
from assetversions.operations.catalog.update_asset import update_asset
from assetversions.operations.versions.create_version import create_version

from tests.support import World
from tests.support.dialect_api import Api
from tests.support.walk import found

Body = dict[str, Any]

SEED_ITEM = AssetRef("117", "55")
VAULT = "/AutodeskDM/Services/api/vault/v2/vaults/117"
VERSIONS = f"{VAULT}/items/55/versions"


@dataclass
class Vault:
    """The vendor's example: vault 117 with its item 55 in it."""

    world: World

    @classmethod
    def new(cls) -> "Vault":
        vault = cls(World())
        vault.world.clock.moment = datetime(2024, 10, 22, 8, 21, 16, 190_000, tzinfo=UTC)
        vault.add(SEED_ITEM, "Assembly1", "Assembly")
        return vault

    def add(self, ref: AssetRef, name: str, kind: str, uid: int = 0x2BADC0FFEE123456789ABC) -> None:
        records, now = self.world.records, self.world.clock.now()
        if records.database(ref.database_id) is None:
            records.add_database(Database(ref.database_id, "a vault", now, "TestAccount"))
        records.add_asset(Asset(ref, uid, name, "", kind, (), True, now, "TestAccount", now))

    def run(self, operation: Any, command: Any) -> Any:
        services = self.world.services("TestAccount")
        return operation(command, self.head(command.asset), services)

    def head(self, ref: AssetRef = SEED_ITEM) -> Asset:
        asset = self.world.records.asset(ref)
        assert asset is not None
        return asset

    def create(self, ref: AssetRef = SEED_ITEM, **facts: Any) -> Version:
        made: Version = self.run(create_version, CreateVersion(ref, **{"allow_empty": True} | facts)).version
        return made

    def describe(self, **metadata: tuple[str, str]) -> None:
        """Give the item these metadata: key → type and value."""
        rows = tuple(Metadatum(key, value, ValueType(kind)) for key, (kind, value) in metadata.items())
        self.run(update_asset, UpdateAsset(SEED_ITEM, metadata=rows))

    def put(self, path: str, body: bytes, ref: AssetRef = SEED_ITEM) -> None:
        self.world.clock.advance()
        self.world.files.put(ref, path, body)

    def reply(self, url: str, method: str = "GET", **headers: str) -> Reply:
        reply = Api(self.world, ROUTES, "TestAccount").ask(method, url, headers=headers)
        if method == "HEAD":
            told = {"x-vault-error-code", "x-vault-error-detail"} & set(reply.headers)
            assert len(told) == (2 if reply.status >= 400 else 0)
        else:
            assert reply.status < 300 or reply.body["statusCode"] == reply.status
        return reply

    def get(self, url: str) -> Body:
        reply = self.reply(url)
        assert reply.status == 200, (url, reply.body)
        body: Body = reply.body
        return body

    def pages(self, url: str) -> Iterator[Body]:
        """That one, and those that follow it."""
        at: str | None = url
        while at is not None:
            body = self.get(at)
            yield body
            at = body["pagination"].get("nextUrl")

    def results(self, url: str) -> list[Body]:
        return [result for page in self.pages(url) for result in page["results"]]


def urls(body: Any) -> Iterator[str]:
    return found(body, "url", "nextUrl")
