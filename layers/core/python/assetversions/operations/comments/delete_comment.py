"""Delete one's own comment."""

from assetversions.domain.commands.comments import DeleteComment
from assetversions.domain.comments import Comment
from assetversions.domain.ports.services import Services
from assetversions.engine.comments import check_own, find_comment, find_commented
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation


@operation(action="update")
def delete_comment(command: DeleteComment, services: Services) -> Comment:
    """NotFound where there is none, Forbidden for another's."""
    asset = find_commented(services, command.asset_id, command.database_id)
    comment = find_comment(services, asset, command.place)
    check_own(services, comment)
    services.comments.delete(comment, receipt(services, comment))
    return comment
