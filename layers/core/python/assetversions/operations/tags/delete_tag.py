"""Take a tag out of those that assets may have."""

from assetversions.domain.commands.tags import DeleteTag
from assetversions.domain.ports.services import Services
from assetversions.domain.results.tags import TagsChanged
from assetversions.engine.operation import operation
from assetversions.engine.tags import change_vocabulary


@operation(action="delete")
def delete_tag(command: DeleteTag, services: Services) -> TagsChanged:
    """NotFound where it is not there; assets that have it keep it."""
    return change_vocabulary(
        services, "delete", (command.name,), lambda before: before.without_tag(command.name)
    )
