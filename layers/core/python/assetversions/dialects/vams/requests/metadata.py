"""VAMS requests about metadata into commands."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from assetversions.dialects.common.http import Body, Request, expected_rev, parse
from assetversions.dialects.vams.ids import version_ref
from assetversions.dialects.vams.metadata import MetadatumBody, read_metadata
from assetversions.dialects.vams.requests.common import asset_of
from assetversions.domain.commands.metadata import DeleteAssetMetadata, GetAssetMetadata, PutAssetMetadata
from assetversions.domain.metadata import MAX_ENTRIES

UPDATE, REPLACE = "update", "replace_all"


def _mode(text: object) -> object:
    """Whether all is to be replaced; in any case."""
    known = isinstance(text, str) and text.lower() in {UPDATE, REPLACE}
    if not known:
        raise ValueError(f"must be '{UPDATE}' or '{REPLACE}'")
    return str(text).lower() == REPLACE


class AtVersion(BaseModel):
    assetVersionId: str | None = None


class PutBody(Body):
    metadata: list[MetadatumBody] = Field(min_length=1, max_length=MAX_ENTRIES)
    updateType: Annotated[bool, BeforeValidator(_mode)] = False


class DeleteBody(Body):
    metadataKeys: list[Annotated[str, Field(max_length=256)]] = Field(min_length=1, max_length=MAX_ENTRIES)

    def keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.metadataKeys))


def get_asset_metadata(request: Request) -> GetAssetMetadata:
    version = parse(AtVersion, request.query).assetVersionId
    return GetAssetMetadata(asset_of(request), version_ref(version) if version else None)


def put_asset_metadata(request: Request) -> PutAssetMetadata:
    body = parse(PutBody, request.json())
    return PutAssetMetadata(
        asset_of(request), read_metadata(body.metadata), body.updateType, expected_rev(request)
    )


def delete_asset_metadata(request: Request) -> DeleteAssetMetadata:
    body = parse(DeleteBody, request.json())
    return DeleteAssetMetadata(asset_of(request), body.keys(), expected_rev(request))
