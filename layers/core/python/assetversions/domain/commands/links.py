"""What callers ask of the links between assets."""

from dataclasses import dataclass

from assetversions.domain.asset_links import LinkKind
from assetversions.domain.metadata import Metadata
from assetversions.domain.model import AssetRef


@dataclass(frozen=True)
class CreateLink:
    source: AssetRef
    target: AssetRef
    kind: LinkKind
    alias: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class ListLinks:
    """With the children of its children, and so on, as a `tree`."""

    asset: AssetRef
    tree: bool


@dataclass(frozen=True)
class GetLink:
    link_id: str


@dataclass(frozen=True)
class UpdateLink:
    """`alias` None leaves it as it is."""

    link_id: str
    alias: str | None
    tags: tuple[str, ...]


@dataclass(frozen=True)
class DeleteLink:
    link_id: str


@dataclass(frozen=True)
class PutLinkMetadata:
    """As `PutAssetMetadata`."""

    link_id: str
    entries: Metadata
    replace: bool = False


@dataclass(frozen=True)
class DeleteLinkMetadata:
    link_id: str
    keys: tuple[str, ...]
