"""Requests for the bytes of one file, as VAMS's viewers send them, into commands."""

from msgspec.structs import replace

from assetversions.dialects.common import ranges
from assetversions.dialects.common.http import Request, parse
from assetversions.dialects.vams.requests.common import OneVersion, asset_of, inside, version_of
from assetversions.domain import names
from assetversions.domain.commands.files import StreamFile
from assetversions.domain.errors import Invalid
from assetversions.domain.shelves import Shelf, check_auxiliary

# As VAMS's documents write them, and its source.
_SHORT = {"v": "versionId", "avid": "assetVersionId"}


def stream_file(request: Request) -> StreamFile:
    """The version is in the query, so relative references lose it."""
    asked = _asked(request)
    return replace(_newest(request), object_version=asked.versionId or None, version=asked.version())


def stream_auxiliary(request: Request) -> StreamFile:
    """What a pipeline made of a file; no version holds it."""
    _asked(request).check_none("what pipelines make is in no version")
    return _newest(request, Shelf.AUXILIARY)


def stream_auxiliary_facts(request: Request) -> StreamFile:
    return replace(stream_auxiliary(request), facts_only=True)


def stream_file_facts(request: Request) -> StreamFile:
    return replace(stream_file(request), facts_only=True)


def stream_versions_file(request: Request) -> StreamFile:
    """The version is in the path, before the file's: relative references keep it."""
    _asked(request).check_none("the path names the version already")
    return replace(_newest(request), version=version_of(request))


def stream_versions_file_facts(request: Request) -> StreamFile:
    return replace(stream_versions_file(request), facts_only=True)


def _asked(request: Request) -> OneVersion:
    query = dict(request.query)
    for short, name in _SHORT.items():
        if short in query and name in query:
            raise Invalid(short, f"is another word for {name}; give one of them.")
        if short in query:
            query[name] = query.pop(short)
    return parse(OneVersion, query)


def _newest(request: Request, shelf: Shelf = Shelf.FILES) -> StreamFile:
    asset = asset_of(request)
    path = names.file_in(shelf.of(asset), inside(asset, request.path["proxy"]), "path")
    return StreamFile(
        asset=asset,
        path=check_auxiliary(path, "path") if shelf is Shelf.AUXILIARY else path,
        shelf=shelf,
        span=ranges.span(request),
        unless_changed=ranges.unless_changed(request),
    )
