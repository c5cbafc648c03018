"""Requests for the files of an item version, and for their bytes, into commands."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from assetversions.dialects.autodesk_vault import ids
from assetversions.dialects.autodesk_vault.queries import (
    AssociatedFiles,
    FileOptions,
    ItemVersionsOfFile,
    Options,
)
from assetversions.dialects.autodesk_vault.requests import expansions
from assetversions.dialects.common import ranges
from assetversions.dialects.common.http import NoQuery, Request, Whole, parse
from assetversions.domain.commands.files import DownloadFile, StreamFile
from assetversions.domain.commands.held_files import GetHeldFile
from assetversions.domain.commands.versions import GetVersion
from assetversions.domain.cursor import refused
from assetversions.domain.errors import Invalid
from assetversions.domain.link_terms import LinkTerms
from assetversions.domain.media_types import media_type

# The vendor's own, of a link.
MOST_SECONDS = 180

_INLINE = "inline"
_ATTACHMENT = re.compile(r"(?i)attachment(;[ -~]{0,1000})?")
# What a browser shows without running any of it.
_SHOWN = ("image/", "audio/", "video/", "application/pdf", "text/plain")
_RUN = frozenset({"image/svg+xml"})


def _disposition(text: str) -> str:
    if text != _INLINE and not _ATTACHMENT.fullmatch(text):
        raise ValueError("must be 'inline' or 'attachment'")
    return text


def _or_attachment(value: Any) -> Any:
    return value or "attachment"


def _no_watermark(text: str) -> str:
    if text:
        raise ValueError("no watermarks are made here; leave it out")
    return text


Watermark = Annotated[str, AfterValidator(_no_watermark)]


class Bytes(NoQuery):
    """Every file is on the one site that there is: to have it copied there first changes nothing."""

    disposition: Annotated[str, BeforeValidator(_or_attachment), AfterValidator(_disposition)] = Field(
        "attachment", alias="contentDisposition"
    )
    of_item: Watermark = Field("", alias="wmSrcItemVerId")
    of_file: Watermark = Field("", alias="wmSrcFileVerId")

    def terms(self, path: str, seconds: int | None = None) -> LinkTerms:
        """Invalid to have that shown which a browser would run."""
        if self.disposition != _INLINE:
            return LinkTerms(seconds, self.disposition)
        kind = media_type(path) or ""
        if not kind.startswith(_SHOWN) or kind in _RUN:
            shown = "is for pictures but SVG, sound, film, PDF and plain text; ask for 'attachment'."
            raise Invalid("contentDisposition", f"'{_INLINE}' {shown}")
        return LinkTerms(seconds, _INLINE, kind)


class Content(Bytes):
    allow_sync: bool = Field(False, alias="allowSync")


class SignedUrl(Bytes):
    seconds: Whole = Field(MOST_SECONDS, ge=1, le=MOST_SECONDS, alias="expirationTime")


def associated_files(request: Request) -> GetVersion:
    asset, version = ids.read_version(request.path["vaultId"], request.path["id"])
    return GetVersion(asset, version, parse(AssociatedFiles, request.query).page())


def get_file(request: Request) -> GetHeldFile:
    asset, path = ids.read_file(request.path["vaultId"], request.path["id"])
    return GetHeldFile(asset, path, released=parse(FileOptions, request.query).released)


def get_file_version(request: Request) -> GetHeldFile:
    parse(Options, request.query)
    return GetHeldFile(**_file_version(request))


def item_versions(request: Request) -> GetHeldFile:
    """The one that holds it."""
    query = parse(ItemVersionsOfFile, request.query)
    if query.cursorState:
        raise refused("cursorState")
    return GetHeldFile(**_file_version(request), expand=expansions(query))


def signed_url(request: Request) -> DownloadFile:
    query, named = parse(SignedUrl, request.query), _file_version(request)
    return DownloadFile(**named, terms=query.terms(named["path"], query.seconds))


def content(request: Request) -> StreamFile:
    query, named = parse(Content, request.query), _file_version(request)
    return StreamFile(
        **named,
        terms=query.terms(named["path"]),
        span=ranges.span(request),
        unless_changed=ranges.unless_changed(request),
    )


def content_facts(request: Request) -> StreamFile:
    query, named = parse(Content, request.query), _file_version(request)
    return StreamFile(**named, terms=query.terms(named["path"]), facts_only=True)


def thumbnail(request: Request) -> StreamFile:
    parse(NoQuery, request.query)
    return StreamFile(**_file_version(request), thumbnail=True)


def version_thumbnail(request: Request) -> StreamFile:
    """That of the file that stands for the version."""
    parse(NoQuery, request.query)
    asset, version = ids.read_version(request.path["vaultId"], request.path["id"])
    return StreamFile(asset, None, version=version, thumbnail=True)


def _file_version(request: Request) -> dict[str, Any]:
    asset, version, path = ids.read_file_version(request.path["vaultId"], request.path["id"])
    return {"asset": asset, "path": path, "version": version}
