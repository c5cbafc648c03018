"""The content that a caller may send for a version, in place of files."""

from dataclasses import dataclass


@dataclass(frozen=True)
class InlineContent:
    """A text that becomes the file of a version, at `path`."""

    text: str
    media_type: str
    path: str


@dataclass(frozen=True)
class ExternalContent:
    """The address of a content that stays where it is."""

    url: str
    media_type: str | None


NewContent = InlineContent | ExternalContent
