"""Copy a file to another path, of its asset or of another one."""

from functools import partial

from assetversions.domain.commands.files import CopyFile
from assetversions.domain.journal import ChangeKind
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine import journal, once
from assetversions.engine.commit import check_expected
from assetversions.engine.copying import Transport, transport
from assetversions.engine.links import check_distributable
from assetversions.engine.lookup import find_asset
from assetversions.engine.metadata import take_along
from assetversions.engine.operation import operation
from assetversions.engine.restore.single_file import check_changeable


@operation(action="update")
def copy_file(command: CopyFile, asset: Asset, services: Services) -> list[str]:
    """The path at which the copy is; of it is said what is said of the source.

    What the source's asset holds back stays there: Forbidden. Hidden for a source that the caller may not
    read, as for one that is not there. Conflict for a path at which a file is.
    """
    source = find_asset(services, command.source.ref)
    if source.ref != asset.ref:
        check_distributable(source)
    check_changeable(services, asset)
    if once.earlier(services) is None:  # what is said of the file may have come along already
        check_expected(asset, command.expected_rev)
    way = Transport(services, asset, command.source, command.to, ChangeKind.COPY)
    copied = journal.insist(partial(transport, way))
    take_along(services, asset, source, command.source.path, command.to, moves=False)
    once.end(services, copied)
    return copied
