"""Changed assets, sessions and subscriptions into VAMS bodies."""

from assetversions.dialects.common.http import Reply, etag
from assetversions.dialects.vams.replies.versions import asset_facts, items
from assetversions.dialects.vams.times import text
from assetversions.domain.model import Asset
from assetversions.domain.results.catalog import AllowedRoutes, DeletedAsset, Session, SubscriptionPage

EVENT = "Asset Version Change"
ENTITY = "Asset"
FEATURES = "NOOPENSEARCH,AUTHPROVIDER_COGNITO"


def updated(asset: Asset) -> Reply:
    return _changed(asset, "update", "Asset updated successfully")


def archived(asset: Asset) -> Reply:
    return _changed(asset, "archive", "Asset archived successfully")


def unarchived(asset: Asset) -> Reply:
    return _changed(asset, "unarchive", "Asset unarchived successfully")


def deleted(gone: DeletedAsset) -> Reply:
    return Reply(200, _done(gone.asset, "delete", "Asset deleted successfully"))


def login_profile(session: Session) -> Reply:
    return items([{"userId": session.user}], None)


def allowed_routes(found: AllowedRoutes) -> Reply:
    routes = [{"method": method, "route__path": path} for method, path in found.routes]
    return Reply(200, {"allowedRoutes": routes, "email": found.user})


def secure_config(_session: Session) -> Reply:
    """What VAMS's clients do without where it is named: they list, where there is no search."""
    return Reply(200, {"featuresEnabled": FEATURES, "locationServiceApiUrl": "", "webDeployedUrl": ""})


def buckets(session: Session) -> Reply:
    name, prefix = session.bucket, session.prefix or "/"
    return items([{"bucketId": name, "bucketName": name, "baseAssetsPrefix": prefix}], None)


def no_schemas(_session: Session) -> Reply:
    return items([], None)


def subscriptions(page: SubscriptionPage) -> Reply:
    rows = [
        {
            "eventName": EVENT,
            "entityName": ENTITY,
            "entityId": asset.ref.public_id,
            "entityValue": asset.name,
            "databaseId": asset.ref.database_id,
            "subscribers": sorted(subscription.names),
        }
        for subscription, asset in page.subscriptions
    ]
    return items(rows, page.cursor)


def subscription_changed(_asset: Asset) -> Reply:
    return Reply(200, {"message": "success"})


def subscribed(yes: bool) -> Reply:
    """In VAMS's words: its pages look for them."""
    return Reply(200, {"message": "success" if yes else "Subscription doesn't exists."})


def _changed(asset: Asset, operation: str, message: str) -> Reply:
    body = _done(asset, operation, message) | {"asset": asset_facts(asset)}
    return Reply(200, body, etag(asset.rev))


def _done(asset: Asset, operation: str, message: str) -> dict[str, object]:
    return {
        "success": True,
        "message": message,
        "assetId": asset.ref.public_id,
        "operation": operation,
        "timestamp": text(asset.modified_at),
    }
