"""Hold everything that a version points at against what it was when it was pinned."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from assetversions.domain.jobs import MAX_LISTED_PATHS
from assetversions.domain.manifests.manifest import Damaged, Entry, Root
from assetversions.domain.manifests.merge import overlay
from assetversions.domain.model import Asset, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Verification

PAGE = 1_000


def verify(
    version: Version, asset: Asset, services: Services, tell: Callable[[int], None] = lambda _checked: None
) -> Verification:
    """Reads the manifest part by part and lists the object versions beside it; `tell` hears how far it is."""
    missing: list[str] = []
    altered: list[str] = []
    damaged: list[str] = []
    checked = wrong = 0
    after: str | None = None
    entries = _readable(services, asset, version, damaged)
    while page := list(islice(entries, PAGE)):
        for path, status in services.files.status(asset.ref, page, after).items():
            wrong += status.gone or status.altered
            if status.gone and len(missing) < MAX_LISTED_PATHS:
                missing.append(path)
            if status.altered and len(altered) < MAX_LISTED_PATHS:
                altered.append(path)
        checked += len(page)
        after = page[-1].path
        tell(checked)
    return Verification(asset, version, checked, wrong, missing, altered, damaged)


def _readable(services: Services, asset: Asset, version: Version, damaged: list[str]) -> Iterator[Entry]:
    """The entries of every part that holds what its digest says; the other digests go to `damaged`."""
    root = _root(services, asset, version.manifest, damaged)
    full = root if root.base is None else _root(services, asset, root.base, damaged)
    yield from overlay(_listed(services, asset, full, damaged), root.changes)


def _root(services: Services, asset: Asset, digest: str, damaged: list[str]) -> Root:
    try:
        return services.manifests.root(asset.uid, digest)
    except Damaged:
        damaged.append(digest)
        return Root(0, 0)


def _listed(services: Services, asset: Asset, full: Root, damaged: list[str]) -> Iterator[Entry]:
    yield from services.manifests.entries(asset.uid, replace(full, chunks=()))
    for chunk in full.chunks:
        try:
            yield from list(services.manifests.entries(asset.uid, Root(0, 0, chunks=(chunk,))))
        except Damaged:
            damaged.append(chunk.digest)
