"""Show an asset as one content: the version that it points at, its other ones, links and a picture."""

from itertools import islice

from msgspec.structs import replace

from assetversions.domain.commands.versions import Expansion
from assetversions.domain.jobs import JobKind
from assetversions.domain.model import Asset, State, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.contents import NO_EXTRAS, ContentView
from assetversions.engine import picture
from assetversions.engine.expand import expand_versions

SHOWN = (Expansion.LINKS, Expansion.STATUS)
# So many versions come with a content; the list of its versions has all.
MOST_VERSIONS = 100
# And so many are looked at for those: deleted ones lie between them.
MOST_LOOKED_AT = 1_000


def content_with_versions(services: Services, asset: Asset) -> ContentView:
    """With its newest versions; here alone is told that a job makes one: that takes a look at each asset."""
    view = _view(services, asset, _versions(services, asset))
    at_work = JobKind.CREATE in services.jobs.at_work(asset.ref, services.now())
    return replace(view, pending=view.pending or at_work)


def content_alone(services: Services, asset: Asset, active: Version | None) -> ContentView:
    """With the version alone that it points at, which is known already."""
    return _view(services, asset, [] if active is None else [active])


def _view(services: Services, asset: Asset, versions: list[Version]) -> ContentView:
    extras = expand_versions(services, asset, versions, SHOWN) if versions else ()
    pairs = tuple(zip(versions, extras, strict=True))
    active, found = next((pair for pair in pairs if pair[0].number == asset.current), (None, NO_EXTRAS))
    lease = asset.lease
    restoring = lease is not None and lease.number is not None and lease.until > services.now()
    return ContentView(asset, active, found, pairs, picture.link(services, asset), restoring)


def _versions(services: Services, asset: Asset) -> list[Version]:
    """Oldest first; the one that the asset points at is among them, be it an old one."""
    looked_at = islice(services.records.versions(asset.ref, None, MOST_VERSIONS), MOST_LOOKED_AT)
    left = (version for version in looked_at if version.state is not State.DELETED)
    newest = list(islice(left, MOST_VERSIONS))
    if asset.current is not None and all(one.number != asset.current for one in newest):
        active = services.records.version(asset.ref, asset.current)
        newest = newest[: MOST_VERSIONS - 1] + ([] if active is None else [active])
    return newest[::-1]
