"""The content that a caller may send for a version, in place of files."""

from msgspec import Struct


class InlineContent(Struct, frozen=True, tag=True):
    """A text that becomes the file of a version, at `path`."""

    text: str
    media_type: str
    path: str


class ExternalContent(Struct, frozen=True, tag=True):
    """The address of a content that stays where it is."""

    url: str
    media_type: str | None


NewContent = InlineContent | ExternalContent
