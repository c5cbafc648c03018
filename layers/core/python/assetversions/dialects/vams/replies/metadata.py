"""Metadata into VAMS bodies: what is said of a thing, and what became of a change of it."""

from functools import partial
from typing import Any

from assetversions.dialects.common.http import Reply, etag
from assetversions.dialects.vams.metadata import ROOT, spell_path
from assetversions.dialects.vams.times import text
from assetversions.domain.asset_links import AssetLink
from assetversions.domain.metadata import Metadata, Metadatum
from assetversions.domain.results.metadata import MetadataChanged, MetadataOf

# No schema says anything of a key here.
_NO_SCHEMA: dict[str, Any] = {
    "metadataSchemaName": None,
    "metadataSchemaField": False,
    "metadataSchemaRequired": False,
    "metadataSchemaSequence": None,
    "metadataSchemaDefaultValue": None,
    "metadataSchemaDependsOn": None,
    "metadataSchemaMultiFieldConflict": False,
    "metadataSchemaControlledListKeys": [],
}


def shown(found: MetadataOf) -> Reply:
    """Whole: VAMS's `NextToken` never leads on."""
    asset = found.asset
    ids = {"databaseId": found.database_id}
    if asset is not None:
        path = ROOT if found.path is None else spell_path(found.path)
        ids |= {"assetId": asset.ref.public_id, "filePath": path}
    return Reply(200, _body(ids, found.entries), {} if asset is None else etag(asset.rev))


def of_link(found: AssetLink) -> Reply:
    return Reply(200, _body({"assetLinkId": found.link_id}, found.metadata))


def _body(ids: dict[str, str], entries: Metadata) -> dict[str, Any]:
    return {
        "metadata": [_row(ids, entry) for entry in entries],
        "restrictMetadataOutsideSchemas": False,
        "NextToken": None,
        "message": "Success",
    }


def _row(ids: dict[str, str], entry: Metadatum) -> dict[str, Any]:
    return {
        **ids,
        "metadataKey": entry.key,
        "metadataValue": entry.value,
        "metadataValueType": str(entry.value_type),
        **_NO_SCHEMA,
    }


def _changed(what: str, done: MetadataChanged) -> Reply:
    total = len(done.keys) + len(done.failed)
    body = {
        "success": bool(done.keys),
        "totalItems": total,
        "successCount": len(done.keys),
        "failureCount": len(done.failed),
        "successfulItems": list(done.keys),
        "failedItems": [{"key": key, "error": why} for key, why in done.failed.items()],
        "message": f"{len(done.keys)} of {total} metadata items {what}",
        "timestamp": text(done.at),
    }
    return Reply(200, body, {} if done.rev is None else etag(done.rev))


created = partial(_changed, "created")
updated = partial(_changed, "updated")
deleted = partial(_changed, "deleted")
