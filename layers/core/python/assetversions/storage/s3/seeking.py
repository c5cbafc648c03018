"""Look for object versions in a listing, for as long as that is quicker than to ask for each of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import AssetRef
from assetversions.storage.s3.object_keys import AssetsBucket

# A listing takes as long as so many requests for single files, side by side.
WORTH = 32


class Sought(NamedTuple):
    """The rows that were seen, by path; the paths that are deleted now; what the listing did not come to."""

    rows: dict[str, Mapping[str, Any]]
    deleted: set[str]
    rest: list[Entry]


def seek(
    pages: Iterable[Mapping[str, Any]], bucket: AssetsBucket, ref: AssetRef, entries: Sequence[Entry]
) -> Sought:
    """Of entries in path order, in the pages of a listing that begins before the first of them.

    Ends with the page that tells of fewer than `WORTH`: many other object versions lie between them.
    """
    rows: dict[str, Mapping[str, Any]] = {}
    deleted: set[str] = set()
    rest, wanted = list(entries), {entry.path: entry.version_id for entry in entries}
    for page in pages if rest else ():
        found = ((bucket.path(ref, row), row) for row in page.get("Versions", []))
        rows.update((path, row) for path, row in found if wanted.get(path) == row["VersionId"])
        latest = (bucket.path(ref, row) for row in page.get("DeleteMarkers", []) if row["IsLatest"])
        deleted.update(path for path in latest if path in wanted)
        marker = page.get("NextKeyMarker", "").removeprefix(bucket.key(ref, ""))
        # The next page may go on with object versions of the marker's path.
        left = [e for e in rest if marker and e.path >= marker and e.path not in rows]
        told, rest = len(rest) - len(left), left
        if not rest or told < WORTH:
            break
    return Sought(rows, deleted, rest)
