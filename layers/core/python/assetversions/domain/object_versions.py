"""What one path of the bucket went through, and writes of which nobody knows how they ended."""

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


class IndeterminateWrite(Exception):
    """A write of files failed, and what it was to do may still happen."""
