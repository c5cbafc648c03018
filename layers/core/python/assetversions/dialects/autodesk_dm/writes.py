"""What is written through Data Management, into commands: all of a body is heeded or refused, by its name."""

from typing import Any, Literal

from msgspec.structs import replace
from pydantic import ConfigDict, Field, JsonValue

from assetversions.dialects.autodesk_dm import ids
from assetversions.dialects.autodesk_dm.requests import SHOWN, VersionQuery, version_of
from assetversions.dialects.autodesk_dm.resources import DELETED_TYPE, VERSION_TYPE
from assetversions.dialects.common.http import (
    Body,
    NoQuery,
    Request,
    expected_rev,
    parse,
    wants_background,
)
from assetversions.domain import beginning
from assetversions.domain.commands.common import AssetName, Standing, VersionRef
from assetversions.domain.commands.versions import AdjustVersion, RevertVersion
from assetversions.domain.errors import Invalid
from assetversions.domain.model import AssetUid

MAX_NAME = 255
NAME_FIELD = "data.attributes.name"


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


class NewName(Part):
    displayName: str = Field(min_length=1, max_length=MAX_NAME)


class ChangedItem(Part):
    type: Literal["items"]
    id: str | None = None
    attributes: NewName


class ItemBody(Part):
    jsonapi: JsonValue = None
    data: ChangedItem


class KeptName(Part):
    name: str = Field(min_length=1, max_length=MAX_NAME)


class ChangedVersion(Part):
    type: Literal["versions"]
    id: str | None = None
    attributes: KeptName


class ChangedVersionBody(Part):
    jsonapi: JsonValue = None
    data: ChangedVersion


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
    """A copy of an older version on top of its item, under another name if one is given; or its deletion."""
    source = parse(CopyQuery, request.query).copyFrom
    sent = request.json()
    _refuse(sent)
    data = parse(VersionBody, sent).data
    if data.attributes.extension is not None and data.attributes.extension.type == DELETED_TYPE:
        return _deletion(request, data, source)
    if not source:
        raise Invalid("copyFrom", "must name the version to copy, by its URN.")
    asset, version = ids.read_version(request.path["project_id"], source)
    _check_item(data.relationships.item, asset)
    _check_type(data.attributes.extension)
    return _revert(request, asset, version, data.attributes.name)


def rename_item(request: Request) -> RevertVersion:
    """An item has the name of its newest version's file: another one takes a version in which that has it."""
    parse(NoQuery, request.query)
    data = parse(ItemBody, request.json()).data
    text = request.path["item_id"]
    asset = ids.read_item(request.path["project_id"], text)
    uid = asset.uid if isinstance(asset, AssetUid) else None
    if data.id not in {None, text} and (uid is None or ids.uid_of_item(data.id or "") != uid):
        raise Invalid("data.id", "must be the item that the address names, spelled as there.")
    renamed = _revert(request, asset, VersionRef(standing=Standing.LATEST), data.attributes.displayName)
    return replace(renamed, name_field="data.attributes.displayName", if_changed=True)


def adjust_version(request: Request) -> AdjustVersion:
    """A version's files keep their names: only the one that it has is taken."""
    parse(VersionQuery, request.query)
    data = parse(ChangedVersionBody, request.json()).data
    asset, version = version_of(request)
    if data.id is not None and ids.split_version(data.id) != (asset.uid, version.number):
        raise Invalid("data.id", "must be the version that the address names.")
    rev, name = expected_rev(request), data.attributes.name
    return AdjustVersion(asset, version, expand=SHOWN, expected_rev=rev, name=name, name_field=NAME_FIELD)


def _deletion(request: Request, data: NewVersion, source: str | None) -> RevertVersion:
    """The item as it was before its first version, which had no files: all stay in the versions before."""
    if source:
        raise Invalid("copyFrom", "copies a version, which hides no item: leave it out.")
    if data.attributes.name is not None:
        raise Invalid("data.attributes.name", "can't be given to a deletion: leave it out.")
    if data.relationships.item is None:
        raise Invalid("data.relationships.item", "must name the item to delete.")
    item = ids.read_item(request.path["project_id"], data.relationships.item.data.id)
    return _revert(request, item, VersionRef(number=beginning.NUMBER), None)


def _revert(request: Request, asset: AssetName, version: VersionRef, name: str | None) -> RevertVersion:
    return RevertVersion(
        asset,
        version,
        name=name,
        name_field=NAME_FIELD,
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
    if extension is not None and extension.type != VERSION_TYPE:
        why = f"must be {VERSION_TYPE}, or {DELETED_TYPE} to hide an item: there are no others here."
        raise Invalid("data.attributes.extension.type", why)
