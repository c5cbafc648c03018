"""The files of an asset as lists show them: those of now, or those that a version holds."""

from collections.abc import Iterable, Iterator
from functools import partial

from msgspec import Struct

from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset, AssetRef, Version
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.ports.services import Services
from assetversions.engine.paging import text_bytes
from assetversions.engine.previews import Beside, Find
from assetversions.engine.sound import entries_at, files_in, root_of

_FACTS_BYTES = 320


class Listing(Struct, frozen=True):
    """`files` are in path order, deleted ones too; `of` has what is said of them, `find` finds previews."""

    files: Beside
    of: Asset | Version
    find: Find


def listing(
    services: Services, asset: Asset, version: Version | None, prefix: str, after: str | None
) -> Listing:
    """Whose path begins with `prefix`, behind `after`."""
    if version is None:
        files = services.history.newest(asset.ref, prefix, after)
        return Listing(Beside(files), asset, partial(services.files.current, asset.ref))
    root = root_of(services, asset, version)
    held = _held(files_in(services, asset, version, root, after), prefix)
    return Listing(Beside(held), version, partial(entries_at, services, asset, version, root))


def weigh(ref: AssetRef, file: ObjectVersion) -> int:
    return _FACTS_BYTES + 4 * text_bytes(file.path) + text_bytes(ref.database_id, ref.asset_id)


def _held(entries: Iterable[Entry], prefix: str) -> Iterator[ObjectVersion]:
    for entry in entries:
        if entry.path.startswith(prefix):
            yield _pinned(entry)
        elif entry.path > prefix:
            return


def _pinned(entry: Entry) -> ObjectVersion:
    return ObjectVersion(
        entry.path, entry.version_id, entry.modified, True, False, entry.size, entry.etag, "STANDARD"
    )
