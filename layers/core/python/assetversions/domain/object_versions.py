"""What one path of the bucket went through."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from assetversions.domain.errors import Conflict, Invalid
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.names import is_contained

LISTED_AT_ONCE = 1_000


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

    @property
    def in_parts(self) -> bool:
        """S3 dates it by the start of its upload: when it became visible, that date does not tell."""
        return "-" in self.etag

    def entry(self) -> Entry:
        """Conflict for one that no version can hold for ever."""
        return checked(Entry(self.path, self.version_id, self.size, self.etag, self.modified))


def no_such_pin(path: str, object_version: str) -> Invalid:
    """What is said of one that is asked for and is not there, or not for those who ask."""
    return Invalid(
        "files", f"there is no object version '{object_version}' of '{path}'; take one of its history."
    )


def by_listings(rows: Iterable[ObjectVersion], each: Callable[[], None]) -> Iterator[ObjectVersion]:
    """The same rows; `each` is called before those of every listing."""
    for number, row in enumerate(rows):
        if number % LISTED_AT_ONCE == 0:
            each()
        yield row


def checked(entry: Entry) -> Entry:
    """Conflict for an object that no version can hold for ever."""
    if entry.version_id == "null":
        raise Conflict(
            f"'{entry.path}' is older than the bucket's versioning; upload it again to version it."
        )
    if not is_contained(entry.path):
        raise Conflict(f"'{entry.path}' would leave the asset when written to a disk; delete or rename it.")
    return entry
