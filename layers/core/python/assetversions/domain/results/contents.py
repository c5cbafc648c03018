"""An asset as APIs show it to which it is one content: with the version that it points at, and links."""

from msgspec import Struct

from assetversions.domain.model import Asset, Version
from assetversions.domain.results.versions import VersionExtras

NO_EXTRAS = VersionExtras()


class ContentView(Struct, frozen=True):
    """`active` is the version that the asset points at, with its `extras`; `versions` are oldest first.

    `picture_url` leads to the picture that the asset is shown with; `pending` while its files become those
    of another version, or a job makes one.
    """

    asset: Asset
    active: Version | None
    extras: VersionExtras = NO_EXTRAS
    versions: tuple[tuple[Version, VersionExtras], ...] = ()
    picture_url: str | None = None
    pending: bool = False


class ContentPage(Struct, frozen=True):
    """`total` counts those of all pages; None for too many to count. `more` come behind this one."""

    database_id: str
    contents: list[ContentView]
    total: int | None
    more: bool = False


class RequestedUpload(Struct, frozen=True):
    """`key` is where the file will be in the bucket, `url` where it is sent to."""

    upload_id: str
    key: str
    url: str
