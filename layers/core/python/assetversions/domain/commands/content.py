"""The content that a caller may send for a version, in place of files."""

from collections.abc import Mapping

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


class ImportedContent(Struct, frozen=True, tag=True):
    """The address of a content that is to be fetched once; `paths` are those of the types that are taken."""

    url: str
    paths: Mapping[str, str]


class FetchedContent(Struct, frozen=True, tag=True):
    """What was fetched, as the file of a version."""

    data: bytes
    media_type: str
    path: str


NewContent = InlineContent | ExternalContent | ImportedContent | FetchedContent
