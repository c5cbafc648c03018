"""The version that says how an asset stands to those who only publish: published, in work, or put away."""

from collections.abc import Iterable, Iterator
from itertools import islice

from assetversions.domain.model import Asset, AssetRef, State, Version
from assetversions.domain.ports.services import Services
from assetversions.engine.edit import MOST_PASSED, PAGE


def standing(services: Services, asset: Asset, current: Version | None) -> Version | None:
    """The published version, else the newest draft, else the newest in the archive; None where none is left.

    Drafts behind too many others are not looked for.
    """
    return _look(services, asset, current)[0]


def standings(
    services: Services, pairs: Iterable[tuple[Asset, Version | None]]
) -> dict[AssetRef, Version | None]:
    """The same of each, up to the one with which as many versions were looked at as are for one alone."""
    found: dict[AssetRef, Version | None] = {}
    passed = 0
    for asset, current in pairs:
        if passed >= MOST_PASSED:
            break
        found[asset.ref], looked_at = _look(services, asset, current)
        passed += looked_at
    return found


def _look(services: Services, asset: Asset, current: Version | None) -> tuple[Version | None, int]:
    """The version, and how many were looked at for it."""
    if not asset.remaining:
        return None, 0
    if asset.published is not None:
        return services.records.version(asset.ref, asset.published), 1
    archived: Version | None = None
    looked_at = 0
    for looked_at, version in enumerate(_newest(services, asset, current), start=1):
        if version.state is State.DRAFT:
            return version, looked_at
        if archived is None and version.state is State.ARCHIVED:
            archived = version
    return archived, looked_at


def _newest(services: Services, asset: Asset, current: Version | None) -> Iterator[Version]:
    """The current one alone, where that is the newest draft there can be."""
    if current is not None and current.number == asset.latest and current.state is State.DRAFT:
        return iter((current,))
    return islice(services.records.versions(asset.ref, None, PAGE), MOST_PASSED)
