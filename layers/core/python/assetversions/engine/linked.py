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
    known: dict[AssetRef, Asset | None] = {asset.ref: asset}
    members, links = {asset.ref}, dict[str, AssetLink]()
    level, roles = [asset.ref], _BELOW | ({Role.PARENT} if parents else set())
    looked_at: set[AssetRef] = set()
    while level:
        looked_at.update(level)
        below: list[AssetRef] = []
        for ref in level:
            near = [link for link in services.links.of(ref) if link.role(ref) in roles]
            new = [one for one in dict.fromkeys(link.other(ref) for link in near) if one not in known]
            known |= zip(new, visible(services, new), strict=True)
            members.update(link.other(ref) for link in near if link.role(ref) is not Role.PARENT)
            seen = [link for link in near if known[link.other(ref)]]
            below += [link.other(ref) for link in seen if link.role(ref) is Role.CHILD]
            links |= {link.link_id: link for link in seen}
            if max(len(members), len(links)) > MAX_NODES:
                raise TooLarge(
                    f"The asset is linked with more than {MAX_NODES} others; ask for a child of it."
                )
        ahead = [ref for ref in dict.fromkeys(below) if ref not in looked_at]
        level, roles = ahead if deep else [], frozenset({Role.CHILD})
    others = sorted(members - {asset.ref}, key=lambda ref: (ref.database_id, ref.asset_id))
    return Family([asset, *(known[ref] or ref for ref in others)], [links[one] for one in sorted(links)])


def visible(services: Services, refs: list[AssetRef]) -> list[Asset | None]:
    """In order; None for one that the caller may not read, and for one that is gone."""
    heads = services.links.heads(refs)
    return [head if head and services.guard.allows("read", attributes(head)) else None for head in heads]
