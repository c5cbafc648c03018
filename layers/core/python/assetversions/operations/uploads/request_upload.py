"""Begin an upload of the file that stands for an asset: one link, to which all of it is sent at once."""

from assetversions.domain import names
from assetversions.domain.commands.contents import RequestUpload
from assetversions.domain.errors import Invalid
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.contents import RequestedUpload
from assetversions.domain.uploads import NewFile
from assetversions.engine.lookup import place_of
from assetversions.engine.operation import operation
from assetversions.engine.uploading import begin_upload, first_links


@operation(action="update")
def request_upload(_command: RequestUpload, asset: Asset, services: Services) -> RequestedUpload:
    """Nothing can be seen yet, and it ends by itself if nothing comes of it."""
    path = _path(services, asset)
    upload = begin_upload(services, asset, [NewFile(path, path, None, 1)])
    ((url,),) = first_links(services, upload)
    ref = asset.ref
    key = f"{place_of(services).prefix}{ref.database_id}/{ref.asset_id}/{path}"
    return RequestedUpload(upload.upload_id, key, url)


def _path(services: Services, asset: Asset) -> str:
    """That of the file that stands for the active version; of none, what the asset says, or its name."""
    active = None if asset.current is None else services.records.version(asset.ref, asset.current)
    if active is not None and active.content is not None and active.content.path is not None:
        return active.content.path
    return asset.primary or _named(asset)


def _named(asset: Asset) -> str:
    """A name may be none that a file can have; an asset's id always is."""
    if "/" in asset.name:
        return asset.ref.public_id
    try:
        return names.file_in(asset.ref, asset.name, "name")
    except Invalid:
        return asset.ref.public_id
