"""The picture that an asset is shown with: which one it is stands in its head, so lists know it."""

from assetversions.domain.commits import Change
from assetversions.domain.errors import Invalid
from assetversions.domain.model import Asset, Preview
from assetversions.domain.ports.services import Services
from assetversions.domain.shelves import Shelf
from assetversions.engine.commit import commit_with_retry, head_change, new_event


def link(services: Services, asset: Asset) -> str | None:
    """To the picture, where there is one and the asset is distributable."""
    if asset.preview is None or not asset.is_distributable:
        return None
    place = Shelf.PREVIEW.of(asset.ref)
    if services.files.find(place, *asset.preview) is None:
        return None
    return services.transfers.read_link(place, *asset.preview)


def show(services: Services, asset: Asset, preview: Preview) -> None:
    """From now on; the bytes are there. It is not all that the request does."""

    def build(head: Asset) -> tuple[Change | None, None]:
        return None if head.preview == preview else _changed(services, head, preview), None

    commit_with_retry(services, asset, build, None, result=None)


def show_none(services: Services, asset: Asset, expected_rev: int | None) -> Asset:
    """Invalid where none is shown. The bytes stay, as those of all files do."""

    def build(head: Asset) -> tuple[Change | None, None]:
        if head.preview is None:
            raise Invalid("assetId", "the asset has no preview; an upload of 'assetPreview' brings one.")
        return _changed(services, head, None), None

    return commit_with_retry(services, asset, build, expected_rev)[0]


def _changed(services: Services, head: Asset, preview: Preview | None) -> Change:
    note = new_event(services, "asset.updated", head.current or 0, fields="preview")
    return head_change(head, note, preview=preview)
