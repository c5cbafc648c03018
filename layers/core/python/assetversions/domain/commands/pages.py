"""What is shown to everybody of the API itself, one frozen command per operation."""

from msgspec import Struct


class ShowPage(Struct, frozen=True):
    """A page that was deployed with the function, by its path among them."""

    path: str
