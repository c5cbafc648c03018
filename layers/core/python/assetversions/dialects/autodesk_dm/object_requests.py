"""Requests for the bytes of a version, as clients ask Autodesk's storage for them, into commands."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from assetversions.dialects.autodesk_dm import objects
from assetversions.dialects.common import ranges
from assetversions.dialects.common.http import NoQuery, Request, Whole, parse
from assetversions.domain.commands.files import DownloadFile, StreamFile
from assetversions.domain.link_terms import LinkTerms

_PRINTABLE = re.compile(r"[ -~]{1,1024}")


def _header(text: str) -> str:
    """S3 refuses a link that asks for any other, and there are clients that try that again for ever."""
    if not _PRINTABLE.fullmatch(text):
        raise ValueError("must be 1 to 1,024 printable characters of ASCII")
    return text


def _attachment(text: str) -> str:
    if text.partition(";")[0].strip().lower() != "attachment":
        raise ValueError("must begin with 'attachment': nothing that was uploaded runs in a browser")
    return text


Header = Annotated[str, AfterValidator(_header)]


class SignedDownload(NoQuery):
    """An object here is whole, and nowhere but in S3: what to do otherwise changes nothing."""

    minutes: Whole = Field(2, ge=1, le=60, alias="minutesExpiration")
    media_type: Header | None = Field(None, alias="response-content-type")
    disposition: Annotated[Header, AfterValidator(_attachment)] = Field(
        "attachment", alias="response-content-disposition"
    )
    cache_control: Header | None = Field(None, alias="response-cache-control")
    fallback: bool = Field(False, alias="public-resource-fallback")
    cdn: bool = Field(False, alias="useCdn")


def _wishes(text: Any) -> list[str]:
    """A comma list; API Gateway makes one of repeated keys."""
    return [one.strip() for one in str(text).split(",")]


class Details(NoQuery):
    """When it was last read is not noted, so that can't be asked for; no file has metadata of a user's."""

    wanted: Annotated[
        list[Literal["createdDate", "lastModifiedDate", "userDefinedMetadata"]], BeforeValidator(_wishes)
    ] = Field([], alias="with")


def details(request: Request) -> StreamFile:
    parse(Details, request.query)
    return StreamFile(**_object(request), facts_only=True)


def content(request: Request) -> StreamFile:
    parse(NoQuery, request.query)
    since = ranges.unless_changed(request)
    return StreamFile(**_object(request), span=ranges.span(request), unless_changed=since)


def wanted(request: Request) -> list[str]:
    """What a reply with details tells beside the usual."""
    return list(parse(Details, request.query).wanted)


def signed_download(request: Request) -> DownloadFile:
    asked = parse(SignedDownload, request.query)
    terms = LinkTerms(60 * asked.minutes, asked.disposition, asked.media_type, asked.cache_control)
    return DownloadFile(**_object(request), terms=terms)


def _object(request: Request) -> dict[str, Any]:
    key = request.path["object_key"]
    asset, version = objects.read(request.path["bucket_key"], key)
    return {"asset": asset, "path": None, "version": version, "thumbnail": objects.is_thumbnail(key)}
