"""List the tags that assets may have."""

from assetversions.domain.commands.tags import ListTags
from assetversions.domain.ports.services import Services
from assetversions.domain.results.tags import TagPage
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position

_SCOPE = "tags"
_FACTS_BYTES = 100


@operation(action="read")
def list_tags(command: ListTags, services: Services) -> TagPage:
    """By name, whatever the caller may read: they are of no database."""
    vocabulary, after = services.records.vocabulary(), text_position(command.page, _SCOPE)
    tags = [tag for tag in vocabulary.tags if after is None or tag.name > after]
    shown, cursor = cut(
        tags,
        command.page,
        _SCOPE,
        lambda tag: tag.name,
        lambda tag: _FACTS_BYTES + text_bytes(tag.name, tag.description, tag.type),
    )
    return TagPage(shown, vocabulary.required(), cursor)
