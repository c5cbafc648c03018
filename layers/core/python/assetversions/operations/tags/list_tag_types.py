"""List the types of tags, each with its tags."""

from assetversions.domain.commands.tags import ListTagTypes
from assetversions.domain.ports.services import Services
from assetversions.domain.results.tags import TagTypePage
from assetversions.domain.tags import TagType
from assetversions.engine.operation import operation
from assetversions.engine.paging import cut, text_bytes, text_position

_SCOPE = "tag types"
_FACTS_BYTES = 100


@operation(action="read")
def list_tag_types(command: ListTagTypes, services: Services) -> TagTypePage:
    """By name, as `list_tags`."""
    vocabulary, after = services.records.vocabulary(), text_position(command.page, _SCOPE)
    rows: list[tuple[TagType, list[str]]] = [
        (one, [tag.name for tag in vocabulary.of(one.name)])
        for one in vocabulary.types
        if after is None or one.name > after
    ]
    shown, cursor = cut(
        rows,
        command.page,
        _SCOPE,
        lambda row: row[0].name,
        lambda row: _FACTS_BYTES + text_bytes(row[0].name, row[0].description, *row[1]),
    )
    return TagTypePage(shown, cursor)
