"""Fetch a content that a caller names by its address, where the stage lets them."""

from assetversions.domain.commands.content import FetchedContent, ImportedContent, NewContent
from assetversions.domain.errors import Unprocessable
from assetversions.domain.ports.services import Services

NOT_HERE = "import is not switched on here: nothing fetches it; use inline or externalUrl."


def imported(services: Services, given: NewContent | None) -> NewContent | None:
    """What was fetched, in place of its address; anything else as it is.

    Unprocessable where the stage fetches nothing, and for what it can't or may not take.
    """
    if not isinstance(given, ImportedContent):
        return given
    if not services.imports.allowed:
        raise Unprocessable({"content.source": NOT_HERE})
    found = services.imports.fetch(given.url)
    path = given.paths.get(found.media_type)
    if path is None:
        said = found.media_type or "of no type"
        taken = ", ".join(given.paths)
        raise Unprocessable({"content.type": f"what lies there is {said}; it has to be {taken}."})
    return FetchedContent(found.data, found.media_type, path)
