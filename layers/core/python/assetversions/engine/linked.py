"""The assets that one is linked with, as far as the caller may see them, and the links between."""

from msgspec import Struct

from assetversions.domain.asset_links import MAX_NODES, AssetLink, Role
from assetversions.domain.errors import TooLarge
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.ports.services import Services
from assetversions.engine.authorize import attributes

# In either direction, but for a parent: that is no part of what is below.
_BELOW = frozenset({Role.CHILD, Role.RELATED})


class Family(Struct, frozen=True):
    """The asset first, all others in the order of their names; of one that is hidden, or gone, that alone.

    Of the `links` both ends may be seen.
    """

    members: list[Asset | AssetRef]
    links: list[AssetLink]


def family(services: Services, asset: Asset, deep: bool, parents: bool) -> Family:
    """Its children and what is related to it; `deep` with all that is below, and with links to its `parents`.

    TooLarge for more than a tree may have.
    """
    found: dict[AssetRef, Asset | None] = {asset.ref: asset}
    above: dict[AssetRef, Asset | None] = {}
    links: dict[str, AssetLink] = {}
    level, roles = [asset.ref], _BELOW | ({Role.PARENT} if parents else set())
    looked_at: set[AssetRef] = set()
    while level:
        looked_at.update(level)
        below: list[AssetRef] = []
        for ref in level:
            near = [link for link in services.links.of(ref) if link.role(ref) in roles]
            _look(services, found, [one.other(ref) for one in near if one.role(ref) is not Role.PARENT])
            _look(services, above, [one.other(ref) for one in near if one.role(ref) is Role.PARENT])
            seen = [link for link in near if found.get(link.other(ref)) or above.get(link.other(ref))]
            below += [link.other(ref) for link in seen if link.role(ref) is Role.CHILD]
            links |= {link.link_id: link for link in seen}
            if max(len(found), len(links)) > MAX_NODES:
                raise TooLarge(
                    f"The asset is linked with more than {MAX_NODES} others; ask for a child of it."
                )
        ahead = [ref for ref in dict.fromkeys(below) if ref not in looked_at]
        level, roles = ahead if deep else [], frozenset({Role.CHILD})
    others = sorted(found.keys() - {asset.ref}, key=lambda ref: (ref.database_id, ref.asset_id))
    return Family([asset, *(found[ref] or ref for ref in others)], [links[one] for one in sorted(links)])


def _look(services: Services, known: dict[AssetRef, Asset | None], refs: list[AssetRef]) -> None:
    new = [ref for ref in dict.fromkeys(refs) if ref not in known]
    for ref, head in zip(new, services.links.heads(new) if new else [], strict=True):
        visible = head is not None and services.guard.allows("read", attributes(head))
        known[ref] = head if visible else None
