"""Say something of an asset or a file: keys that are there get new values, or all of them are replaced."""

from assetversions.domain.commands.metadata import PutAssetMetadata
from assetversions.domain.errors import Invalid
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.metadata import MetadataChanged
from assetversions.engine.metadata import change_metadata, edit_of
from assetversions.engine.operation import operation


@operation(action="update")
def put_asset_metadata(command: PutAssetMetadata, asset: Asset, services: Services) -> MetadataChanged:
    """All of it or nothing. Invalid where there would be too many keys, TooLarge where too much.

    Invalid for a file that is not there.
    """
    if command.file is not None and services.files.current(asset.ref, [command.file.path]) == [None]:
        raise Invalid("filePath", f"there is no file '{command.file.path}'; upload it first.")
    keys, edit = edit_of(services, command)
    return change_metadata(services, asset, command.file, keys, edit, command.expected_rev)
