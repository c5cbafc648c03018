"""Every type of event has a published schema; `make golden` writes those of docs/events anew."""

from pathlib import Path
from typing import Any

import pytest
from assetversions.dialects.openapi import asyncapi
from assetversions.domain.model import OriginKind
from assetversions.domain.outbox import FILE_UPDATED, FILES_CHANGED, JOB_ENDED, KINDS
from assetversions.domain.webhooks import DISABLED, TEST
from assetversions.runtime.audit import REFUSED
from assetversions.runtime.cloud_events import NAME, POLICY_CHANGED
from jsonschema import Draft202012Validator

from tests.support.golden import golden

FOLDER = Path(__file__).parents[2] / "docs/events/v1"
DOCUMENTS = FOLDER.parents[1] / "openapi"
OF_POLICY = frozenset({POLICY_CHANGED, REFUSED, DISABLED})

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
MAYBE_WHOLE: Schema = {"type": ["integer", "null"]}
VALUE: Schema = {"type": ["string", "integer", "null"]}
MADE = ("created", "as_of", "reverted", "cloned", "uploaded")
# What an event says beside its moves.
DETAILS: dict[str, Schema] = {
    "asset.created": {"name": TEXT},
    "asset.updated": {"fields": TEXT},
    FILE_UPDATED: {"path": TEXT, "fields": TEXT},
    **{f"version.{how}": {"source": MAYBE_WHOLE} for how in MADE},
    **{f"restore.{how}": {"task": TEXT} for how in ("started", "failed")},
    **{f"files.{how}": {"path": TEXT, "files": MAYBE_WHOLE} for how in ("archived", "unarchived")},
    "file.refused": {"path": TEXT, "files": WHOLE},
    FILES_CHANGED: {"change": TEXT, "job": MAYBE_TEXT, "count": WHOLE, "from": TEXT, "to": TEXT},
    JOB_ENDED: {
        "job": TEXT,
        "operation": TEXT,
        "state": {"enum": ["succeeded", "failed", "cancelled"]},
        "error": MAYBE_TEXT,
        "done": WHOLE,
        "total": MAYBE_WHOLE,
    },
}
# Of these, what only some events say: which file moved, or was copied, and where to.
SOME = {FILES_CHANGED: ("from", "to")}


def record(properties: Schema, *optional: str) -> Schema:
    """Receivers must take what is added later; what stands here is there."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def ids() -> Schema:
    names = {
        "vams": ("databaseId", "assetId", "assetVersionId"),
        "posta": ("assetId", "versionId"),
        "autodeskDataManagement": ("projectId", "itemId", "versionId"),
        "autodeskVault": ("vaultId", "itemId", "itemVersionId"),
        "disguise": ("driveId", "contentId", "versionId"),
    }
    return record(
        {
            api: record({name: MAYBE_TEXT if "ersionId" in name else TEXT for name in spelled})
            for api, spelled in names.items()
        }
    )


def of_asset(kind: str) -> Schema:
    change = record(
        {"what": TEXT, "alias": TEXT, "version": WHOLE, "before": VALUE, "after": VALUE}, "alias", "version"
    )
    file = record({"path": TEXT, "before": MAYBE_TEXT, "after": MAYBE_TEXT})
    files: Schema = {"files": {"type": "array", "items": file}} if kind == FILES_CHANGED else {}
    return record(
        {
            "databaseId": TEXT,
            "assetId": TEXT,
            "version": MAYBE_WHOLE,
            "ids": ids(),
            "by": record({"name": TEXT, "person": MAYBE_TEXT}),
            "changes": {"type": "array", "items": change},
            "details": record(DETAILS.get(kind, {}), *SOME.get(kind, ())),
            **files,
        }
    )


def of_policy() -> Schema:
    by = record({"name": TEXT, "person": MAYBE_TEXT})
    details = {"type": "object", "additionalProperties": MAYBE_TEXT}
    return record({"event": TEXT, "subject": TEXT, "by": by, "details": details})


def schema(kind: str) -> Schema:
    envelope = {
        "specversion": {"const": "1.0"},
        "id": TEXT,
        "source": {"const": NAME},
        "type": {"const": f"{NAME}.{kind}"},
        "subject": TEXT,
        "time": TEXT | {"format": "date-time"},
        "datacontenttype": {"const": "application/json"},
        "dataschema": {"const": f"urn:{NAME}:events:v1:{kind}"},
        "sequence": TEXT,
        "sequencetype": {"const": "Integer"},
        "data": of_policy() if kind in OF_POLICY else of_asset(kind),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{NAME}:events:v1:{kind}",
        "title": f"{NAME}.{kind}",
        **record(envelope, "sequence", "sequencetype"),
    }


def test_the_document_of_the_events_is_made_of_their_schemas():
    events = {kind: schema(kind) for kind in sorted(KINDS | OF_POLICY)}
    shown = asyncapi.document(events, sorted(OF_POLICY), test=TEST)
    assert golden(DOCUMENTS, "asyncapi", shown) == shown


def test_whatever_way_a_version_is_made_is_told():
    assert {f"version.{kind}" for kind in OriginKind} <= KINDS


@pytest.mark.parametrize("kind", sorted(KINDS | OF_POLICY))
def test_a_type_of_event_has_a_published_schema(kind: str):
    shown = schema(kind)
    Draft202012Validator.check_schema(shown)
    assert golden(FOLDER, kind, shown) == shown


def test_no_schema_is_of_a_type_that_is_never_told():
    assert {file.stem for file in FOLDER.glob("*.json")} == KINDS | OF_POLICY
