"""What operations came to, as JSON: a receipt keeps it for the same request sent again."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args, get_origin

from msgspec import json

from assetversions.domain.asset_links import AssetLink
from assetversions.domain.comments import Comment
from assetversions.domain.jobs import Job
from assetversions.domain.model import Asset, Database
from assetversions.domain.policy import ApiToken, Membership, PolicyRule, Role
from assetversions.domain.results.access import Changed
from assetversions.domain.results.catalog import DeletedAsset
from assetversions.domain.results.files import (
    AbortedUpload,
    DeletedAuxiliary,
    PrimaryFile,
    RevertedFile,
    Unarchived,
)
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
    "auxiliary": DeletedAuxiliary,
    "file": RevertedFile,
    "primary": PrimaryFile,
    "rule": Changed[PolicyRule],
    "role": Changed[Role],
    "membership": Changed[Membership],
    "token": Changed[ApiToken],
    "paths": list[str],
    "unarchived": Unarchived,
    "metadata": MetadataChanged,
    "tags": TagsChanged,
    "comment": Comment,
    "link": AssetLink,
}


def to_json(result: "Result") -> tuple[str, bytes]:
    """Its kind and it."""
    kind = next(name for name, kind in KINDS.items() if _is(result, kind))
    return kind, json.encode(result)


def of_json(kind: str, body: bytes) -> "Result":
    result: Result = json.decode(body, type=KINDS[kind])
    return result


def _is(result: "Result", kind: Any) -> bool:
    """A change of policy is of the kind of what it changed."""
    if isinstance(result, Changed):
        return get_args(kind) == (type(result.thing),)
    return type(result) is (get_origin(kind) or kind)
