"""How Vault names things: a vault is a database, an item an asset under its own id; versions have UUIDs."""

from urllib.parse import quote, urlsplit
from uuid import UUID

from msgspec import Struct

from assetversions.dialects.autodesk_vault.routes import VAULTS
from assetversions.dialects.common.http import Request, unknown
from assetversions.domain import ids, names
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.metadata import Property
from assetversions.domain.model import AssetRef, AssetUid, Version

# As many as a number of 48 bits may have.
PROPERTY_DIGITS = 15


def read_vault(text: str) -> str:
    """The database that a vault stands for; NotFound for what can't be one."""
    with unknown("vault", text):
        return names.database_id(text, "vaultId")


def read_item(vault: str, text: str) -> AssetRef:
    """The asset that an item stands for; NotFound for what can't be one."""
    with unknown("item", text):
        return AssetRef(read_vault(vault), names.asset_id(text, "id"))


def read_version(vault: str, text: str) -> tuple[AssetUid, VersionRef]:
    """The id of an item version proves its asset; NotFound for what can't be one."""
    with unknown("item version", text):
        version_id = UUID(text)
        uid, _ = ids.split_version_id(version_id)
    return AssetUid(uid, text, read_vault(vault)), VersionRef(version_id=version_id)


def spell_property(one: Property) -> str:
    return str(one.number)


class Urls(Struct, frozen=True):
    """Paths as clients see them, without scheme and host, as in the vendor's examples."""

    base: str

    @staticmethod
    def of(request: Request) -> "Urls":
        return Urls(urlsplit(request.origin).path)

    def item(self, ref: AssetRef) -> str:
        return f"{self.vault(ref.database_id)}/items/{quote(ref.public_id, safe='')}"

    def version(self, version: Version) -> str:
        return f"{self.vault(version.ref.database_id)}/item-versions/{version.version_id}"

    def properties(self, database_id: str) -> str:
        return f"{self.vault(database_id)}/property-definitions"

    @property
    def vaults(self) -> str:
        return f"{self.base}{VAULTS}"

    def vault(self, database_id: str) -> str:
        return f"{self.vaults}/{database_id}"
