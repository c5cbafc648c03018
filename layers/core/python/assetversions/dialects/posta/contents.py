"""How Posta sends a content: inline text, an address to keep, or one to fetch it from."""

import re
from typing import Literal

from assetversions.dialects.common.http import Body
from assetversions.domain.commands.content import (
    ExternalContent,
    ImportedContent,
    InlineContent,
    NewContent,
)
from assetversions.domain.errors import Invalid
from assetversions.domain.variables import is_web_address

# The names are inferred: Posta's page shows only media types, and those are taken as well.
MAX_INLINE_BYTES = 102_400
DEFAULT_TYPE = "text/html"
SHORT_TYPES = {
    "html": "text/html",
    "text": "text/plain",
    "markdown": "text/markdown",
    "css": "text/css",
    "json": "application/json",
    "xml": "application/xml",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
}
EXTENSIONS = {media_type: name for name, media_type in SHORT_TYPES.items()} | {
    "text/plain": "txt",
    "text/markdown": "md",
    "image/jpeg": "jpg",
}
OTHER_EXTENSION = "dat"
# What may be imported where the caller does not say what it is: pictures, fonts and documents, too.
IMPORTED = (
    *SHORT_TYPES.values(),
    *(f"image/{name}" for name in ("gif", "webp")),
    *(f"font/{name}" for name in ("otf", "ttf", "woff", "woff2")),
)
MAX_ADDRESS = 2048

_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")


class ContentBody(Body):
    source: Literal["inline", "import", "externalUrl"]
    type: str | None = None
    content: str


def new_content(body: ContentBody | None) -> NewContent | None:
    """What the core stores of it, or fetches; Invalid for what can't be stored."""
    if body is None:
        return None
    media_type = None if body.type is None else read_type(body.type)
    if body.source != "inline" and (not is_web_address(body.content) or len(body.content) > MAX_ADDRESS):
        raise Invalid("content.content", "must be an http or https address of at most 2,048 characters.")
    if body.source == "externalUrl":
        return ExternalContent(body.content, media_type)
    if body.source == "import":
        taken = IMPORTED if media_type is None else (media_type,)
        return ImportedContent(body.content, {one: path_of(one) for one in taken})
    if len(body.content.encode()) > MAX_INLINE_BYTES:
        raise Invalid("content.content", f"must not exceed {MAX_INLINE_BYTES:,} bytes.")
    kind = media_type or DEFAULT_TYPE
    return InlineContent(body.content, kind, path_of(kind))


def read_type(text: str) -> str:
    """A media type, or a short name for one; parameters such as a charset are left out."""
    bare = text.split(";")[0].strip().lower()
    media_type = SHORT_TYPES.get(bare, bare)
    if not _MEDIA_TYPE.fullmatch(media_type):
        raise Invalid("content.type", "must be a media type, such as text/html.")
    return media_type


def path_of(media_type: str) -> str:
    """Where a content lies among the asset's files."""
    kind, _, name = media_type.partition("/")
    usual = name if kind in {"image", "font"} and name.isalnum() else OTHER_EXTENSION
    return f"content.{EXTENSIONS.get(media_type, usual)}"
