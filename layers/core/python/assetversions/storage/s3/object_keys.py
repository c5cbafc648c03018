"""Where an asset's files are in the bucket: `{prefix}{database}/{asset}/{path}`."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from assetversions.domain.errors import Invalid
from assetversions.domain.model import AssetRef
from assetversions.domain.names import MAX_PATH_BYTES

Place = dict[str, str]


class AssetsBucket(Struct, frozen=True):
    """`prefix` stands before the databases: nothing, or a path with its slash."""

    name: str
    prefix: str = ""

    def database(self, database_id: str) -> str:
        """What the keys of all its files begin with."""
        return f"{self.prefix}{database_id}/"

    def key(self, ref: AssetRef, path: str) -> str:
        return f"{self.database(ref.database_id)}{ref.asset_id}/{path}"

    def file(self, ref: AssetRef, path: str) -> Place:
        """What names it in a request to S3. Invalid where a key has no room for it, beside the prefix."""
        key = self.key(ref, path)
        if len(key.encode()) > MAX_PATH_BYTES:
            room = MAX_PATH_BYTES - len(self.key(ref, "").encode())
            raise Invalid("path", f"must not exceed {room} bytes in this asset.")
        return {"Bucket": self.name, "Key": key}

    def path(self, ref: AssetRef, row: Mapping[str, Any]) -> str:
        """The path inside the asset; empty for the marker that some tools put on the folder itself."""
        return str(row["Key"]).removeprefix(self.key(ref, ""))

    def place(self, key: str) -> tuple[AssetRef, str] | None:
        """The asset below whose prefix a key is, and its path there; None where there can be none."""
        if not key.startswith(self.prefix):
            return None
        database_id, _, rest = key.removeprefix(self.prefix).partition("/")
        asset_id, _, path = rest.partition("/")
        return (AssetRef(database_id, asset_id), path) if path else None
