"""Start an upload: links to which the caller sends the parts of files, straight to the bucket."""

from msgspec.structs import replace

from assetversions.domain.commands.files import StartUpload
from assetversions.domain.ids import uuid7
from assetversions.domain.lifecycle import check_live
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import StartedUpload
from assetversions.domain.shelves import Shelf
from assetversions.domain.uploads import Upload
from assetversions.engine.commit import check_expected
from assetversions.engine.file_names import check_upload
from assetversions.engine.lookup import find_upload
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation


def _again(command: StartUpload, begun: Upload, services: Services) -> StartedUpload:
    """With new links: the first ones may not work any more."""
    return _shown(command, find_upload(services, begun.ref, begun.upload_id), services)


@operation(action="update", again=_again)
def start_upload(command: StartUpload, asset: Asset, services: Services) -> StartedUpload:
    """Invalid for a file that the database does not take. Nothing can be seen yet."""
    check_live(asset)
    check_expected(asset, command.expected_rev)
    if command.shelf is Shelf.FILES:
        check_upload(services, asset, command.files)
    upload_id = str(uuid7())
    files = services.transfers.begin(command.shelf.of(asset.ref), upload_id, command.files)
    upload = Upload(upload_id, asset.ref, services.person, services.now(), tuple(files), shelf=command.shelf)
    services.uploads.add(upload, receipt(services, replace(upload, files=())))
    return _shown(command, upload, services)


def _shown(command: StartUpload, upload: Upload, services: Services) -> StartedUpload:
    links = [
        services.transfers.part_links(upload.place, file, range(1, file.parts + 1)) for file in upload.files
    ]
    return StartedUpload(upload, command.files, links)
