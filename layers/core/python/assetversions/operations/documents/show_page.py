"""Show a document of the API, or the page that renders it."""

from assetversions.domain.commands.pages import ShowPage
from assetversions.domain.errors import NotFound
from assetversions.domain.ports.pages import Pages
from assetversions.domain.results.pages import Page
from assetversions.engine.operation import operation


@operation(action=None)
def show_page(command: ShowPage, pages: Pages) -> Page:
    """As it was deployed; needs no sign-in and holds no secret."""
    text = pages.read(command.path)
    if text is None:
        raise NotFound("page", command.path)
    return Page(command.path, text)
