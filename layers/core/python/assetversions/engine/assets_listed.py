"""A page of the assets that the caller may read, each with the version that it points at."""

from collections.abc import Callable, Iterable

from assetversions.domain.commands.common import Page
from assetversions.domain.model import Asset, AssetRef, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.catalog import AssetPage
from assetversions.engine.authorize import attributes
from assetversions.engine.lookup import place_of
from assetversions.engine.paging import Sieve, cut, text_bytes
from assetversions.engine.unseen import unseen

_FACTS_BYTES = 1_400


def asset_page(
    services: Services,
    page: Page,
    scope: str,
    rows: Iterable[Asset],
    wanted: Callable[[Asset], bool],
    position: Callable[[AssetRef], str],
) -> AssetPage:
    """Full unless it is the last, or too many that are not theirs, or not `wanted`, came in between."""
    sieve = Sieve(rows, lambda one: wanted(one) and services.guard.allows("read", attributes(one)))
    pairs = services.records.with_version(iter(sieve), lambda one: one.current, page.size + 1)
    shown, cursor = cut(pairs, page, scope, lambda pair: position(pair[0].ref), _weigh)
    return AssetPage(
        [asset for asset, _ in shown],
        cursor or sieve.cursor(scope, unseen),
        {asset.ref: version for asset, version in shown if version is not None},
        place_of(services),
    )


def _weigh(pair: tuple[Asset, Version | None]) -> int:
    asset, current = pair
    said = () if current is None else (current.comment, current.description)
    return _FACTS_BYTES + text_bytes(asset.ref.asset_id, asset.name, asset.description, *asset.tags, *said)
