"""Links between assets: related ones, and parents with their children, which never form a ring."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from assetversions.domain.metadata import Metadata
from assetversions.domain.model import AssetRef

# Of one asset.
MAX_LINKS = 500
# Shown in a tree, or gone through so that no ring is made.
MAX_NODES = 1_000
MAX_DEPTH = 20


class LinkKind(StrEnum):
    RELATED = "related"
    PARENT_CHILD = "parentChild"


class Role(StrEnum):
    """What the other side is to an asset."""

    RELATED = "related"
    PARENT = "parents"
    CHILD = "children"


class AssetLink(Struct, frozen=True):
    """From a parent to its child, where it is one; related assets stand side by side.

    Two links between the same assets differ in `alias`, of parents and children alone. `metadata` is with
    the link itself, and with none of those that are listed of an asset.
    """

    link_id: str
    kind: LinkKind
    source: AssetRef
    target: AssetRef
    alias: str
    tags: tuple[str, ...]
    created_at: datetime
    created_by: str
    rev: int = 1
    metadata: Metadata = ()

    def other(self, ref: AssetRef) -> AssetRef:
        return self.target if ref == self.source else self.source

    def role(self, ref: AssetRef) -> Role:
        """What the other one is to this asset."""
        if self.kind is LinkKind.RELATED:
            return Role.RELATED
        return Role.CHILD if ref == self.source else Role.PARENT
