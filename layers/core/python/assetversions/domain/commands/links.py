"""What callers ask of the links between assets."""

from msgspec import Struct

from assetversions.domain.asset_links import LinkKind
from assetversions.domain.metadata import Metadata
from assetversions.domain.model import AssetRef


class CreateLink(Struct, frozen=True):
    source: AssetRef
    target: AssetRef
    kind: LinkKind
    alias: str
    tags: tuple[str, ...]


class ListLinks(Struct, frozen=True):
    """With the children of its children, and so on, as a `tree`."""

    asset: AssetRef
    tree: bool


class GetLink(Struct, frozen=True):
    link_id: str


class UpdateLink(Struct, frozen=True):
    """`alias` None leaves it as it is."""

    link_id: str
    alias: str | None
    tags: tuple[str, ...]


class DeleteLink(Struct, frozen=True):
    link_id: str


class PutLinkMetadata(Struct, frozen=True):
    """As `PutAssetMetadata`."""

    link_id: str
    entries: Metadata
    replace: bool = False


class DeleteLinkMetadata(Struct, frozen=True):
    link_id: str
    keys: tuple[str, ...]
