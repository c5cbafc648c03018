"""A comment that is about to be changed: found, and its writer's own."""

from assetversions.domain.comments import Comment
from assetversions.domain.errors import Forbidden, NotFound
from assetversions.domain.lifecycle import check_live
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine.authorize import require
from assetversions.engine.lookup import find_asset_by_id


def find_commented(services: Services, asset_id: str, database_id: str | None) -> Asset:
    """Whoever comments must be allowed to update the asset, which must not be archived."""
    asset = find_asset_by_id(services, asset_id, database_id)
    require(services, "update", asset)
    check_live(asset)
    return asset


def find_comment(services: Services, asset: Asset, place: str) -> Comment:
    found = services.comments.get(asset.ref, place)
    if found is None:
        raise NotFound("comment", place)
    return found


def check_own(services: Services, comment: Comment) -> None:
    """Forbidden for what somebody else wrote."""
    if comment.person != services.person:
        raise Forbidden("Only who wrote a comment changes or deletes it; write one of your own.")
