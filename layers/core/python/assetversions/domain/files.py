"""What one path of the bucket went through: its object versions and its delete markers."""

from typing import NamedTuple


class ObjectVersion(NamedTuple):
    """An object version, or (where `deleted`) a delete marker, which has no bytes."""

    path: str
    version_id: str
    modified: int
    latest: bool
    deleted: bool
    size: int = 0
    etag: str = ""
    storage_class: str | None = None
