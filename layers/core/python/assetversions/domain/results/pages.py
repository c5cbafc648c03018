"""What the operations on pages answer with."""

from msgspec import Struct


class Page(Struct, frozen=True):
    path: str
    text: str
