"""Start an upload: links to which the caller sends the parts of files, straight to the bucket."""

from assetversions.domain.commands.files import StartUpload
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import StartedUpload
from assetversions.domain.uploads import Upload
from assetversions.engine import packs
from assetversions.engine.lookup import find_upload
from assetversions.engine.operation import operation
from assetversions.engine.uploading import begin_upload, first_links


def _again(command: StartUpload, begun: Upload, services: Services) -> StartedUpload:
    """With new links: the first ones may not work any more."""
    return _shown(command, find_upload(services, begun.ref, begun.upload_id), services)


@operation(action="update", again=_again)
def start_upload(command: StartUpload, asset: Asset, services: Services) -> StartedUpload:
    """Invalid for a file that the database does not take. Nothing can be seen yet."""
    upload = begin_upload(services, asset, command.files, command.shelf, command.expected_rev)
    return _shown(command, upload, services)


def _shown(command: StartUpload, upload: Upload, services: Services) -> StartedUpload:
    return StartedUpload(upload, command.files, first_links(services, upload), packs.links(services, upload))
