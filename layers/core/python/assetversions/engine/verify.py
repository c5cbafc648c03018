"""Hold everything that a version points at against what it was when it was pinned."""

from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from msgspec.structs import replace

from assetversions.domain.jobs import MAX_LISTED_PATHS
from assetversions.domain.manifests.delta import behind
from assetversions.domain.manifests.manifest import Damaged, Entry, Root
from assetversions.domain.manifests.merge import overlay
from assetversions.domain.model import Asset, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Verification
from assetversions.engine.stint import Stint

PAGE = 1_000


def verify(
    version: Version,
    asset: Asset,
    services: Services,
    tell: Callable[[int], None] = lambda _checked: None,
    stint: Stint | None = None,
) -> Verification:
    """Reads the manifest part by part and lists the object versions beside it; `tell` hears how far it is.

    A `stint` that rests in between goes on where it was.
    """
    missing: list[str]
    altered: list[str]
    damaged: list[str]
    after: str | None
    fresh: list[Any] = [None, 0, 0, [], [], []]
    after, checked, wrong, missing, altered, damaged = (stint and stint.take()) or fresh
    entries = _readable(services, asset, version, damaged, after)
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
        if stint is not None:
            stint.may_rest(after, checked, wrong, missing, altered, damaged)
    _check_metadata(services, version, damaged)
    return Verification(asset, version, checked, wrong, missing, altered, damaged)


def _readable(
    services: Services, asset: Asset, version: Version, damaged: list[str], after: str | None
) -> Iterator[Entry]:
    """The entries of every part that holds what its digest says; the digests of others go to `damaged`."""
    root = _root(services, asset, version.manifest, damaged)
    full = root if root.base is None else _root(services, asset, root.base, damaged)
    yield from overlay(_listed(services, asset, full, damaged, after), behind(root.changes, after))


def _root(services: Services, asset: Asset, digest: str, damaged: list[str]) -> Root:
    try:
        return services.manifests.root(asset.uid, digest)
    except Damaged:
        _note(damaged, digest)
        return Root(0, 0)


def _listed(
    services: Services, asset: Asset, full: Root, damaged: list[str], after: str | None
) -> Iterator[Entry]:
    yield from services.manifests.entries(asset.uid, replace(full, chunks=()), after)
    for chunk in full.chunks:
        try:
            yield from list(services.manifests.entries(asset.uid, Root(0, 0, chunks=(chunk,)), after))
        except Damaged:
            _note(damaged, chunk.digest)


def _check_metadata(services: Services, version: Version, damaged: list[str]) -> None:
    """What was said of the asset and its files; a list with a damaged part goes by its root's digest."""
    manifests, uid = services.manifests, version.uid
    looks: list[tuple[str | None, Callable[[], object]]] = [
        (version.metadata, lambda: manifests.metadata(uid, [version.metadata])),
        (version.file_metadata, lambda: deque(manifests.file_metadata(uid, version.file_metadata), 0)),
    ]
    for digest, look in looks:
        try:
            look()
        except Damaged:
            _note(damaged, str(digest))


def _note(damaged: list[str], digest: str) -> None:
    """Who goes on after a rest may meet it again."""
    if digest not in damaged:
        damaged.append(digest)
