"""What is written through Data Management, into commands: all of a body is heeded or refused, by its name."""

from typing import Any, Literal

from pydantic import ConfigDict, Field, JsonValue

from assetversions.dialects.autodesk_dm import ids
from assetversions.dialects.autodesk_dm.requests import SHOWN
from assetversions.dialects.autodesk_dm.resources import VERSION_TYPE
from assetversions.dialects.common.http import Body, NoQuery, Request, expected_rev, parse, wants_background
from assetversions.domain.commands.versions import RevertVersion
from assetversions.domain.errors import Invalid
from assetversions.domain.model import AssetUid

MAX_NAME = 255
DELETED_TYPE = "versions:autodesk.core:Deleted"


class Part(Body):
    """JSON:API lets `meta` and `jsonapi` stand anywhere, and mean nothing to who does not know them."""

    model_config = ConfigDict(extra="forbid")

    meta: JsonValue = None


class Extension(Part):
    type: str
    version: Literal["1.0"] = "1.0"


class Attributes(Part):
    name: str | None = Field(default=None, min_length=1, max_length=MAX_NAME)
    extension: Extension | None = None


class Item(Part):
    type: Literal["items"] = "items"
    id: str


class ItemLink(Part):
    data: Item


class Relationships(Part):
    item: ItemLink | None = None


class NewVersion(Part):
    type: Literal["versions"]
    attributes: Attributes = Attributes()
    relationships: Relationships = Relationships()


class VersionBody(Part):
    jsonapi: JsonValue = None
    data: NewVersion


class CopyQuery(NoQuery):
    copyFrom: str | None = None


_NO_STORAGE = "makes no version here: upload the bytes to the asset, and make one of them."
# Why what the vendor takes there is refused here.
REFUSED = {
    "data.attributes.displayName": "is reserved by Autodesk; name the file with data.attributes.name.",
    "data.attributes.storageUrn": _NO_STORAGE,
    "data.relationships.storage": _NO_STORAGE,
    "data.relationships.refs": "can't be kept: versions have no references to each other here.",
    "data.attributes.extension.data": "holds nothing that can be set; leave it out.",
}


def revert_version(request: Request) -> RevertVersion:
    """A copy of an older version on top of its item: the files as they were, as a new version."""
    source = parse(CopyQuery, request.query).copyFrom
    if not source:
        raise Invalid("copyFrom", "must name the version to copy, by its URN.")
    sent = request.json()
    _refuse(sent)
    data = parse(VersionBody, sent).data
    asset, version = ids.read_version(request.path["project_id"], source)
    _check_item(data.relationships.item, asset)
    _check_type(data.attributes.extension)
    return RevertVersion(
        asset,
        version,
        name=data.attributes.name,
        background=wants_background(request),
        expected_rev=expected_rev(request),
        expand=SHOWN,
    )


def _refuse(sent: Any) -> None:
    """Invalid that says why, for what only the vendor's own store can do."""
    for field, why in REFUSED.items():
        found = sent
        for step in field.split("."):
            found = found.get(step) if isinstance(found, dict) else None
        if found:
            raise Invalid(field, why)


def _check_item(named: ItemLink | None, asset: AssetUid) -> None:
    """A copy goes on top of its own item; Invalid where the caller names another one."""
    if named is not None and ids.uid_of_item(named.data.id) != asset.uid:
        raise Invalid("data.relationships.item.data.id", "must be the item of the version to copy.")


def _check_type(extension: Extension | None) -> None:
    if extension is None or extension.type == VERSION_TYPE:
        return
    why = f"must be {VERSION_TYPE}: versions have no other type here."
    if extension.type == DELETED_TYPE:
        why = "hides no item here: archive the asset, or delete the version."
    raise Invalid("data.attributes.extension.type", why)
