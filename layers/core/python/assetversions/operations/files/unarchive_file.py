"""Bring an archived file or folder back, as readers saw it last."""

from functools import partial

from assetversions.domain.commands.files import UnarchiveFile
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import Unarchived
from assetversions.domain.results.versions import Deferred
from assetversions.engine import journal, once
from assetversions.engine.archiving import expected
from assetversions.engine.operation import operation
from assetversions.engine.restore.single_file import check_changeable
from assetversions.engine.unarchive import unarchive


@operation(action="archive")
def unarchive_file(command: UnarchiveFile, asset: Asset, services: Services) -> Unarchived | Deferred:
    """NotFound where nothing is archived, Conflict for a file that is there, TooLarge for one too large.

    A job brings back a folder that is more than a request can copy.
    """
    check_changeable(services, asset)
    expected(command, asset, services)
    back = journal.insist(partial(unarchive, services, asset, command))
    if not isinstance(back, Deferred):
        once.end(services, back)
    return back
