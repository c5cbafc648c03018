"""What a caller asks of one file as a version holds it."""

from msgspec import Struct

from assetversions.domain.commands.common import AssetName, VersionRef
from assetversions.domain.commands.versions import Expansions


class GetHeldFile(Struct, frozen=True):
    """As `version` holds it; without, as the newest one does, or where `released` the published one.

    The version itself is expanded so.
    """

    asset: AssetName
    path: str
    version: VersionRef | None = None
    released: bool = False
    expand: Expansions = frozenset()
