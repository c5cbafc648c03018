"""Change single files: what revert, archive and unarchive of a file have in common."""

from collections.abc import Iterator
from itertools import dropwhile

from assetversions.domain.errors import TooLarge
from assetversions.domain.lifecycle import check_live
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.ports.services import Services
from assetversions.engine import lease, once
from assetversions.engine.budget import Estimate, OverBudget
from assetversions.engine.restore.plan import refuse_missing, unreadable


def check_changeable(services: Services, asset: Asset) -> None:
    """ReadOnly for an archived asset, Conflict while a restore or a job changes its files."""
    check_live(asset)
    lease.check_free(services, asset)


def history(services: Services, asset: Asset, path: str) -> Iterator[ObjectVersion]:
    """What happened to a path, newest first; for a request that goes on, as its first attempt found it."""
    rows = services.history.of(asset.ref, path)
    begun = once.earlier(services)
    return rows if begun is None else dropwhile(lambda row: row.version_id != begun.before, rows)


def copy_back(services: Services, asset: Asset, old: Entry, newest: str) -> str:
    """The object version that puts this one in the place of `newest`.

    TooLarge for what can't be copied within a request, Conflict for what can't be read.
    """
    made = once.made_before(services, asset, old.path, lambda row: _copies(row, old))
    if made is not None:
        return made.version_id
    try:
        Estimate().changed([old])
    except OverBudget as error:
        raise TooLarge(
            f"'{old.path}' has {old.size:,} bytes, too many for one request; revert a version of the asset "
            "with this path instead: that becomes a job."
        ) from error
    sources = services.files.sources(asset.ref, [old])
    lost = unreadable(sources)
    refuse_missing(lost, len(lost))
    once.begin(services, newest)
    (entry,) = services.files.copy(asset.ref, sources)
    return entry.version_id


def _copies(row: ObjectVersion, old: Entry) -> bool:
    """A copy of a file that came in parts has another ETag."""
    same = row.etag == old.etag or "-" in old.etag
    return not row.deleted and row.size == old.size and same
