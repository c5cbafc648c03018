"""Define types of tags, or change what is said of them."""

from assetversions.domain.commands.tags import PutTagTypes
from assetversions.domain.ports.services import Services
from assetversions.domain.results.tags import TagsChanged
from assetversions.engine.operation import operation
from assetversions.engine.tags import change_vocabulary


@operation(action="update")
def put_tag_types(command: PutTagTypes, services: Services) -> TagsChanged:
    """All or none; as `Vocabulary.with_types` refuses them."""
    names = tuple(one.name for one in command.types)
    return change_vocabulary(
        services, "update", names, lambda before: before.with_types(command.types, command.new)
    )
