"""What a caller asks of the versions of all assets of a database."""

from enum import StrEnum

from msgspec import Struct

from assetversions.domain.commands.common import Page
from assetversions.domain.commands.versions import Expansions


class Shown(StrEnum):
    """Which versions of each asset: the newest one, the published one, or all, oldest first."""

    NEWEST = "newest"
    PUBLISHED = "published"
    ALL = "all"


class AssetOrder(StrEnum):
    ID = "id"
    NAME = "name"
    NAME_DOWN = "name, backwards"


class ListAssetVersions(Struct, frozen=True):
    """Of the assets that have `text` in their names; `bare` has those without such a version, too.

    `order_field` is what the caller's API calls the order.
    """

    database_id: str
    page: Page
    shown: Shown = Shown.NEWEST
    order: AssetOrder = AssetOrder.ID
    text: str = ""
    bare: bool = False
    expand: Expansions = frozenset()
    order_field: str = "order"
