"""Copy a file to another path, of its asset or of another one."""

from assetversions.domain.commands.files import CopyFile
from assetversions.domain.journal import ChangeKind, FilePlace
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine.copying import Transport, bring
from assetversions.engine.links import check_distributable
from assetversions.engine.lookup import find_called
from assetversions.engine.operation import operation


@operation(action="update")
def copy_file(command: CopyFile, asset: Asset, services: Services) -> list[str]:
    """The path at which the copy is; of it is said what is said of the source.

    What the source's asset holds back stays there: Forbidden. Hidden for a source that the caller may not
    read, as for one that is not there. Conflict for a path at which a file is.
    """
    source = find_called(services, command.source.ref)
    if source.ref != asset.ref:
        check_distributable(source)
    place = FilePlace(source.ref, command.source.path)
    way = Transport(services, asset, place, command.to, ChangeKind.COPY)
    return bring(way, source, command.expected_rev)
