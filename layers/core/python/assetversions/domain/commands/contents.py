"""What a caller asks for of assets, by APIs to which an asset is one content with its versions."""

from msgspec import Struct

from assetversions.domain.commands.common import AssetName, Offset


class GetContent(Struct, frozen=True):
    asset: AssetName


class ListContents(Struct, frozen=True):
    """Those of a database that are not archived, by id."""

    database_id: str
    page: Offset


class UpdateContent(Struct, frozen=True):
    """None leaves the name as it is."""

    asset: AssetName
    name: str | None = None
    expected_rev: int | None = None


class RequestUpload(Struct, frozen=True):
    """Of the file that stands for the asset, in one piece."""

    asset: AssetName


class UploadVersion(Struct, frozen=True):
    """The files of the upload, as they have arrived, become visible, and a version."""

    asset: AssetName
    upload_id: str
    expected_rev: int | None = None
