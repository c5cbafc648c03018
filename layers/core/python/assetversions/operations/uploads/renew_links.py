"""Renew an upload's links: they live for minutes, and a large file may take hours to send."""

from assetversions.domain.commands.files import RenewLinks
from assetversions.domain.errors import Conflict
from assetversions.domain.lifecycle import check_live
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import OpenFile, RenewedLinks
from assetversions.domain.uploads import StoredPart, Upload, UploadFile, missing_parts, part_bytes
from assetversions.engine import packs
from assetversions.engine.lookup import find_open_upload
from assetversions.engine.operation import operation


@operation(action="update")
def renew_links(command: RenewLinks, asset: Asset, services: Services) -> RenewedLinks:
    """What has arrived of each file, and links for the rest: enough to go on for who knows the upload's id.

    Conflict once the upload has ended or expired. A file that a broken-off completion has made visible
    needs nothing more.
    """
    check_live(asset)
    upload = find_open_upload(services, asset, command.upload_id)
    stored = services.transfers.stored(upload.place, upload.files)
    files = [_open_file(services, upload, *row) for row in zip(upload.files, stored, strict=True)]
    return RenewedLinks(upload, files, packs.links(services, upload, begun=True))


def _open_file(
    services: Services, upload: Upload, file: UploadFile, stored: list[StoredPart] | None
) -> OpenFile:
    if stored is None:
        if services.transfers.made(upload, file.path) is None:
            raise Conflict(f"What has arrived of '{file.path}' is gone; start another upload.")
        return OpenFile(file, [], {}, None)
    missing = missing_parts(file, stored)
    links = services.transfers.part_links(upload.place, file, missing)
    kept = [part for part in stored if part.number not in missing]
    cut = part_bytes(file.size, file.parts, kept)
    return OpenFile(file, kept, dict(zip(missing, links, strict=True)), cut)
