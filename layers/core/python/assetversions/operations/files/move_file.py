"""Move a file to another path of its asset: one change, in which its bytes stay where S3 has them."""

from assetversions.domain.commands.files import MoveFile
from assetversions.domain.journal import ChangeKind, FilePlace
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine.authorize import require
from assetversions.engine.copying import Transport, bring
from assetversions.engine.operation import operation


@operation(action="update")
def move_file(command: MoveFile, asset: Asset, services: Services) -> list[str]:
    """The paths that changed; what is said of the file moves, too.

    It archives the old path, and takes the right to do that, too. Conflict for a new path at which something
    is, or ever was.
    """
    require(services, "archive", asset)
    source = FilePlace(asset.ref, command.path)
    way = Transport(services, asset, source, command.to, ChangeKind.MOVE)
    return bring(way, asset, command.expected_rev)
