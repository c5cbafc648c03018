"""List the comments on an asset's versions."""

from assetversions.domain.commands.comments import ListComments
from assetversions.domain.ports.services import Services
from assetversions.domain.results.comments import CommentPage
from assetversions.engine.lookup import find_asset_by_id
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position

_FACTS_BYTES = 250


@operation(action="read")
def list_comments(command: ListComments, services: Services) -> CommentPage:
    """By the version's name and the comment's id, as texts."""
    asset = find_asset_by_id(services, command.asset_id, command.database_id)
    ref, page = asset.ref, command.page
    scope = f"comments of {ref.database_id}/{ref.asset_id} {command.prefix}"
    rows = services.comments.all(ref, command.prefix, text_position(page, scope), page.size + 1)
    shown, cursor = cut(
        rows,
        page,
        scope,
        lambda one: one.place,
        lambda one: _FACTS_BYTES + text_bytes(one.place, one.body, one.owner, one.owner),
    )
    return CommentPage(shown, cursor)
