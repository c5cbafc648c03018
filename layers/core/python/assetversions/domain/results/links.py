"""What operations on links return."""

from collections.abc import Mapping

from msgspec import Struct

from assetversions.domain.asset_links import AssetLink, Role
from assetversions.domain.model import Asset


class Node(Struct, frozen=True):
    """The asset at the other end of a link; with its own children in a tree, else None."""

    link: AssetLink
    asset: Asset
    children: "list[Node] | None" = None


class LinksOf(Struct, frozen=True):
    """By what they are to the asset; of those that the caller may not see, how many there are."""

    shown: Mapping[Role, list[Node]]
    hidden: Mapping[Role, int]
