"""List an asset's files: those of now, or those that a version holds."""

from collections.abc import Sequence
from functools import partial
from itertools import takewhile

from assetversions.domain import portable
from assetversions.domain.commands.files import ListFiles
from assetversions.domain.model import Asset, Version
from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import FilePage
from assetversions.engine.files_listed import listing, weigh
from assetversions.engine.lookup import find_version
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, path_position
from assetversions.engine.sound import readable


@operation(action="read")
def list_files(command: ListFiles, asset: Asset, services: Services) -> FilePage:
    """In path order, as many as asked for or as fit one reply; warnings are about this page alone."""
    version = None if command.version is None else find_version(services, asset, command.version)
    which = f"{version and version.number} {command.archived} {command.prefix}"
    scope = f"listing of {asset.uid} {which}"
    after = path_position(command.page, scope, asset.ref)
    listed = listing(services, asset, version, command.prefix, after)
    shown = (file for file in listed.files if command.archived or not file.deleted)
    page, cursor = cut(shown, command.page, scope, lambda file: file.path, partial(weigh, asset.ref))
    warnings = portable.check(file.path for file in page if not file.deleted)
    previews = {} if command.basic else listed.files.of(page, cursor is None, listed.find)
    primary = _primary(services, listed.of, page) if page else {}
    return FilePage(asset.ref, page, cursor, warnings, primary, previews)


def _primary(services: Services, of: Asset | Version, page: Sequence[ObjectVersion]) -> dict[str, str]:
    """By path, what files of a page are to their asset; a version keeps what they were."""
    first, last = page[0].path, page[-1].path
    with readable(of):
        rows = services.manifests.file_metadata(of.uid, of.file_metadata, first[:-1])
        among = takewhile(lambda row: row.path <= last, rows)
        return {row.path: row.primary for row in among if row.primary}
