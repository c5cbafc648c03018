"""Define tags, or change what is said of them."""

from assetversions.domain.commands.tags import PutTags
from assetversions.domain.ports.services import Services
from assetversions.domain.results.tags import TagsChanged
from assetversions.engine.operation import operation
from assetversions.engine.tags import change_vocabulary


@operation(action="update")
def put_tags(command: PutTags, services: Services) -> TagsChanged:
    """All or none; as `Vocabulary.with_tags` refuses them."""
    names = tuple(tag.name for tag in command.tags)
    return change_vocabulary(
        services, "update", names, lambda before: before.with_tags(command.tags, command.new)
    )
