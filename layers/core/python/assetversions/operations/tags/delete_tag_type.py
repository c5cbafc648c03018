"""Take out a type of tags that has none any more."""

from assetversions.domain.commands.tags import DeleteTagType
from assetversions.domain.ports.services import Services
from assetversions.domain.results.tags import TagsChanged
from assetversions.engine.operation import operation
from assetversions.engine.tags import change_vocabulary


@operation(action="delete")
def delete_tag_type(command: DeleteTagType, services: Services) -> TagsChanged:
    """NotFound where it is not there, Invalid while it has tags."""
    return change_vocabulary(
        services, "delete", (command.name,), lambda before: before.without_type(command.name)
    )
