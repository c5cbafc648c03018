"""Read one comment."""

from assetversions.domain.commands.comments import GetComment
from assetversions.domain.comments import Comment
from assetversions.domain.ports.services import Services
from assetversions.engine.comments import find_comment
from assetversions.engine.lookup import find_asset_by_id
from assetversions.engine.operation import operation


@operation(action="read")
def get_comment(command: GetComment, services: Services) -> Comment:
    """NotFound where there is none."""
    asset = find_asset_by_id(services, command.asset_id, command.database_id)
    return find_comment(services, asset, command.place)
