"""Comment on a version, or put one's comment otherwise."""

from assetversions.domain.commands.comments import PutComment
from assetversions.domain.comments import Comment
from assetversions.domain.ports.services import Services
from assetversions.engine.comments import check_own, find_comment, find_commented
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation


@operation(action="update")
def put_comment(command: PutComment, services: Services) -> Comment:
    """Over one's own; Forbidden over another's. NotFound for one to edit that is not there."""
    asset = find_commented(services, command.asset_id, command.database_id)
    before = services.comments.get(asset.ref, command.place)
    if command.edit:
        before = find_comment(services, asset, command.place)
    now, created = services.now(), None
    if before is not None:
        check_own(services, before)
        created = before.created_at
    comment = Comment(
        asset.ref,
        command.place,
        command.body,
        services.person,
        services.user,
        created or now,
        now if before else None,
    )
    services.comments.put(comment, before, receipt(services, comment))
    return comment
