"""Assets into Posta bodies: as far as their versions say something of them."""

from typing import Any

from assetversions.dialects.common.http import Reply, etag
from assetversions.dialects.common.times import milliseconds
from assetversions.dialects.posta.ids import spell_asset
from assetversions.domain.model import Asset, State, Version
from assetversions.domain.results.catalog import AssetPage, AssetView

# Inferred from the vendor's words, by the beginning of the media type; what else there is is a document.
TYPES = {"text/html": "template", "image/": "image", "font/": "font"}
UNTIL_THEN, OTHER = "template", "document"

Body = dict[str, Any]


def assets(page: AssetPage) -> Reply:
    items = [_asset(one, page.standing.get(one.ref)) for one in page.assets]
    more = {} if page.cursor is None else {"nextToken": page.cursor}
    return Reply(200, {"items": items} | more)


def asset(view: AssetView) -> Reply:
    return Reply(200, _asset(view.asset, view.standing), etag(view.asset.rev))


def _asset(found: Asset, standing: Version | None) -> Body:
    return {
        "id": spell_asset(found.uid),
        "status": _status(found, standing),
        "type": _type(standing),
        "name": found.name,
        "description": found.description,
        "versionCount": found.remaining,
        "createdAt": milliseconds(found.created_at),
        "modifiedAt": milliseconds(found.modified_at),
    }


def _status(found: Asset, standing: Version | None) -> str:
    """One that was archived as a whole is, whatever its versions are."""
    if found.archived_at is not None:
        return State.ARCHIVED.value
    if standing is not None:
        return standing.state.value
    return State.DELETED.value if found.latest else State.DRAFT.value


def _type(standing: Version | None) -> str:
    """One without a content is still to get a text."""
    content = None if standing is None else standing.content
    if content is None or content.media_type is None:
        return UNTIL_THEN
    return next((kind for begin, kind in TYPES.items() if content.media_type.startswith(begin)), OTHER)
