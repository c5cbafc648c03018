"""How Vault names things: a vault is a database, an item an asset under its own id; versions have UUIDs.

A file's id is the UUID of its asset, that of a file version the one of the version that holds it; behind it
is the path, in letters that need no escapes.
"""

import base64
from urllib.parse import quote, urlsplit
from uuid import UUID

from msgspec import Struct

from assetversions.dialects.autodesk_vault.routes import VAULTS
from assetversions.dialects.common.http import Request, unknown
from assetversions.domain import ids, names
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.metadata import Property
from assetversions.domain.model import Asset, AssetRef, AssetUid, Version

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


def read_file(vault: str, text: str) -> tuple[AssetUid, str]:
    """The asset and the path of a file; NotFound for what can't be one."""
    with unknown("file", text):
        value, path = _read_path(text)
        uid = ids.split_asset_uuid(value)
    return AssetUid(uid, text, read_vault(vault)), path


def read_file_version(vault: str, text: str) -> tuple[AssetUid, VersionRef, str]:
    """The same of a file version, with the version that holds it."""
    with unknown("file version", text):
        version_id, path = _read_path(text)
        uid, _ = ids.split_version_id(version_id)
    return AssetUid(uid, text, read_vault(vault)), VersionRef(version_id=version_id), path


def spell_file(asset: Asset, path: str) -> str:
    return spell_path(ids.asset_uuid(asset.uid), path)


def spell_file_version(version: Version, path: str) -> str:
    return spell_path(version.version_id, path)


def spell_path(value: UUID, path: str) -> str:
    """Behind the UUID of a version, or of its asset."""
    return f"{value}.{base64.urlsafe_b64encode(path.encode()).decode().rstrip('=')}"


def _read_path(text: str) -> tuple[UUID, str]:
    """ValueError for what no file is spelled like: each has one spelling. Files have odd names, too."""
    spelled, _, letters = text.partition(".")
    value = UUID(spelled)
    path = base64.b64decode(letters + "=" * (-len(letters) % 4), altchars=b"-_", validate=True).decode()
    is_file = path and not path.endswith("/") and len(path.encode()) <= names.MAX_PATH_BYTES
    if not is_file or text != spell_path(value, path):
        raise ValueError("Not a file's.")
    return value, path


def spell_property(one: Property) -> str:
    return str(one.number)


class Urls(Struct, frozen=True):
    """Paths as clients see them, without scheme and host, as in the vendor's examples."""

    base: str

    @staticmethod
    def of(request: Request) -> "Urls":
        return Urls(urlsplit(request.origin).path)

    def item(self, ref: AssetRef) -> str:
        return f"{self.items(ref.database_id)}/{quote(ref.public_id, safe='')}"

    def version(self, version: Version) -> str:
        return f"{self.versions(version.ref.database_id)}/{version.version_id}"

    def file(self, asset: Asset, path: str) -> str:
        return f"{self.vault(asset.ref.database_id)}/files/{spell_file(asset, path)}"

    def file_version(self, version: Version, path: str) -> str:
        return f"{self.vault(version.ref.database_id)}/file-versions/{spell_file_version(version, path)}"

    def associated_files(self, version: Version) -> str:
        return f"{self.version(version)}/associated-files"

    def items(self, database_id: str) -> str:
        return f"{self.vault(database_id)}/items"

    def versions(self, database_id: str) -> str:
        return f"{self.vault(database_id)}/item-versions"

    def properties(self, database_id: str) -> str:
        return f"{self.vault(database_id)}/property-definitions"

    @property
    def vaults(self) -> str:
        return f"{self.base}{VAULTS}"

    def vault(self, database_id: str) -> str:
        return f"{self.vaults}/{database_id}"
