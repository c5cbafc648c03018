"""What operations on links return."""

from collections.abc import Mapping
from dataclasses import dataclass

from assetversions.domain.asset_links import AssetLink, Role
from assetversions.domain.model import Asset


@dataclass(frozen=True)
class Node:
    """The asset at the other end of a link; with its own children in a tree, else None."""

    link: AssetLink
    asset: Asset
    children: "list[Node] | None" = None


@dataclass(frozen=True)
class LinksOf:
    """By what they are to the asset; of those that the caller may not see, how many there are."""

    shown: Mapping[Role, list[Node]]
    hidden: Mapping[Role, int]
