"""What a version's record only points at: its variables, and a link to its content once it is published."""

from collections.abc import Sequence

from assetversions.domain import lifecycle
from assetversions.domain.model import Asset, Version
from assetversions.domain.ports import Services
from assetversions.domain.results import Details
from assetversions.domain.variables import Variable


def details(services: Services, asset: Asset, versions: Sequence[Version]) -> tuple[Details, ...]:
    """For each version in order; variables that versions share are read once."""
    digests = {version.variables for version in versions if version.variables}
    found = services.contents.variables(asset.uid, digests) if digests else {}
    return tuple(
        Details(found.get(version.variables or "", ()), _content_url(services, asset, version))
        for version in versions
    )


def variables_of(services: Services, version: Version) -> tuple[Variable, ...]:
    if version.variables is None:
        return ()
    return services.contents.variables(version.uid, [version.variables])[version.variables]


def _content_url(services: Services, asset: Asset, version: Version) -> str | None:
    """None before publishing; files of an asset that is not distributable are not handed out either."""
    content = version.content
    if content is None or not lifecycle.was_published(version):
        return None
    if content.url is not None:
        return content.url
    if content.path is None or content.object_version is None or not asset.is_distributable:
        return None
    return services.transfers.read_link(asset.ref, content.path, content.object_version)
