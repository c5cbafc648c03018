"""What somebody may who does not ask: a subscriber, a webhook's owner, at the moment they are told."""

from assetversions.domain.model import AssetRef
from assetversions.engine.authorize import attributes
from assetversions.runtime import admitted, stores


def may_read(name: str, person: str, ref: AssetRef | None) -> bool:
    """Whether this person, as they are now, may read an asset; None is about no asset, for who is there."""
    callers = admitted.admission().named(name, person)
    if callers is None:
        return False
    if ref is None:
        return True
    asset = stores.records().asset(ref) or stores.records().last(ref)
    return asset is not None and callers.on_asset("read", attributes(asset)).allowed
