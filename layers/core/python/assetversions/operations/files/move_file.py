"""Move a file to another path of its asset: one change, in which its bytes stay where S3 has them."""

from functools import partial

from assetversions.domain.commands.files import MoveFile
from assetversions.domain.journal import ChangeKind, FilePlace
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine import journal, once
from assetversions.engine.authorize import require
from assetversions.engine.commit import check_expected
from assetversions.engine.copying import Transport, transport
from assetversions.engine.metadata import take_along
from assetversions.engine.operation import operation
from assetversions.engine.restore.single_file import check_changeable


@operation(action="update")
def move_file(command: MoveFile, asset: Asset, services: Services) -> list[str]:
    """The paths that changed; what is said of the file moves, too.

    It archives the old path, and takes the right to do that, too. Conflict for a new path at which something
    is, or ever was.
    """
    require(services, "archive", asset)
    check_changeable(services, asset)
    if once.earlier(services) is None:  # what is said of the file may have come along already
        check_expected(asset, command.expected_rev)
    source = FilePlace(asset.ref, command.path)
    way = Transport(services, asset, source, command.to, ChangeKind.MOVE)
    moved = journal.insist(partial(transport, way))
    take_along(services, asset, asset, command.path, command.to, moves=True)
    once.end(services, moved)
    return moved
