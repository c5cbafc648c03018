"""The version that says how an asset stands to those who only publish: published, in work, or put away."""

from collections.abc import Iterator
from itertools import islice

from assetversions.domain.model import Asset, State, Version
from assetversions.domain.ports.services import Services
from assetversions.engine.edit import MOST_PASSED, PAGE


def standing(services: Services, asset: Asset, current: Version | None) -> Version | None:
    """The published version, else the newest draft, else the newest in the archive; None where none is left.

    Drafts behind too many others are not looked for.
    """
    if not asset.remaining:
        return None
    if asset.published is not None:
        return services.records.version(asset.ref, asset.published)
    archived: Version | None = None
    for version in _newest(services, asset, current):
        if version.state is State.DRAFT:
            return version
        if archived is None and version.state is State.ARCHIVED:
            archived = version
    return archived


def _newest(services: Services, asset: Asset, current: Version | None) -> Iterator[Version]:
    """The current one alone, where that is the newest draft there can be."""
    if current is not None and current.number == asset.latest and current.state is State.DRAFT:
        return iter((current,))
    return islice(services.records.versions(asset.ref, None, PAGE), MOST_PASSED)
