"""What operations came to, as JSON: a receipt keeps it for the same request sent again."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, get_origin

from pydantic import TypeAdapter

from assetversions.domain.asset_links import AssetLink
from assetversions.domain.comments import Comment
from assetversions.domain.jobs import Job
from assetversions.domain.model import Asset, Database
from assetversions.domain.results.access import Recorded
from assetversions.domain.results.catalog import DeletedAsset
from assetversions.domain.results.files import AbortedUpload, PrimaryFile, RevertedFile, Unarchived
from assetversions.domain.results.metadata import MetadataChanged
from assetversions.domain.results.tags import TagsChanged
from assetversions.domain.results.versions import Deferred, Done
from assetversions.domain.uploads import Upload

if TYPE_CHECKING:
    from assetversions.domain.once import Result

KINDS: Mapping[str, Any] = {
    "asset": Asset,
    "deleted asset": DeletedAsset,
    "database": Database,
    "version": Done,
    "job": Deferred,
    "adoption": Job,
    "upload": Upload,
    "aborted": AbortedUpload,
    "file": RevertedFile,
    "primary": PrimaryFile,
    "policy": Recorded,
    "paths": list[str],
    "unarchived": Unarchived,
    "metadata": MetadataChanged,
    "tags": TagsChanged,
    "comment": Comment,
    "link": AssetLink,
}


def to_json(result: "Result") -> tuple[str, bytes]:
    """Its kind and it."""
    kind = next(name for name, kind in KINDS.items() if type(result) is (get_origin(kind) or kind))
    return kind, _adapter(kind).dump_json(result)


def of_json(kind: str, body: bytes) -> "Result":
    result: Result = _adapter(kind).validate_json(body)
    return result


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(KINDS[kind])
