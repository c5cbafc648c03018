"""Examples for the documents of the APIs beside VAMS: replies are goldens, bodies of requests stand here."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assetversions.dialects.autodesk_dm import objects
from assetversions.dialects.autodesk_vault.routes import VAULTS

GOLDENS = Path(__file__).parents[1] / "dialects"
_POSTA = "/assets/{assetId}"
_VERSIONS = f"{_POSTA}/versions"
_VERSION = f"{_VERSIONS}/{{versionId}}"
_PROJECT = "/data/v1/projects/{project_id}"
_ITEM = f"{_PROJECT}/items/{{item_id}}"
_DM_VERSION = f"{_PROJECT}/versions/{{version_id}}"
_OBJECT = "/oss/v2/buckets/{bucket_key}/objects/{object_key}"
_CONTENTS = "/v1/drives/{drive_id}/content"
_CONTENT = f"{_CONTENTS}/{{content_id}}"
_CLIP = f"{_CONTENT}/versions"
_VAULT = f"{VAULTS}/{{vaultId}}"

REQUESTS: dict[str, Any] = {
    f"POST {_VERSIONS}": {
        "notes": "For spring",
        "content": {"source": "inline", "type": "html", "content": "<p>Dear {{firstName}}</p>"},
        "variableDefinitions": [
            {"name": "firstName", "type": "value", "behavior": "required", "sampleValue": "Jane"}
        ],
    },
    f"PUT {_VERSION}": {"notes": "For summer", "publish": True},
    f"POST {_VERSION}/clone": {"notes": "A variant"},
    f"POST {_VERSION}/variables/resolve": {
        "variables": [{"name": "firstName", "value": "Mara"}],
        "validationScope": "all",
    },
    f"POST {_PROJECT}/versions": {
        "jsonapi": {"version": "1.0"},
        "data": {
            "type": "versions",
            "attributes": {
                "name": "drawing.dwg",
                "extension": {"type": "versions:autodesk.core:File", "version": "1.0"},
            },
            "relationships": {
                "item": {"data": {"type": "items", "id": "urn:adsk.wipprod:dm.lineage:AbCdEfGhIjKlMnOp"}}
            },
        },
    },
    f"PATCH {_ITEM}": {"data": {"type": "items", "attributes": {"displayName": "drawing.dwg"}}},
    f"PATCH {_DM_VERSION}": {"data": {"type": "versions", "attributes": {"name": "drawing.dwg"}}},
    f"PATCH {_CLIP}/{{version_id}}": {"label": "Graded", "set_active": True},
    f"PATCH {_CONTENT}": {"name": "clip.mp4"},
    f"POST {_CONTENT}/version": {"upload_uuid": "01900000-0000-7000-8000-000000000000"},
}

# By API and route the golden of a reply.
REPLIES: dict[str, dict[str, str]] = {
    "posta": {
        "GET /posta/assets": "list_assets",
        f"GET {_POSTA}": "get_asset",
        f"GET {_VERSIONS}": "list",
        f"POST {_VERSIONS}": "create",
        f"GET {_VERSION}": "get",
        f"GET {_POSTA}/jobs/{{jobId}}": "job_that_is_done",
        f"POST {_VERSION}/clone": "clone",
        f"POST {_VERSION}/variables/resolve": "resolve",
    },
    "autodesk_dm": {
        f"GET {_ITEM}/versions": "versions",
        f"GET {_ITEM}": "item",
        f"GET {_ITEM}/tip": "tip",
        f"GET {_DM_VERSION}": "version",
        f"GET {_DM_VERSION}/item": "version_item",
        f"GET {_ITEM}/parent": "parent",
        f"GET {_ITEM}/refs": "item_refs",
        f"GET {_ITEM}/relationships/refs": "item_relationship_refs",
        f"GET {_ITEM}/relationships/links": "item_relationship_links",
        f"GET {_PROJECT}/jobs/{{job_id}}": "job",
        f"GET {_DM_VERSION}/refs": "refs",
        f"GET {_DM_VERSION}/relationships/refs": "relationship_refs",
        f"GET {_DM_VERSION}/relationships/links": "relationship_links",
        "GET /projects/{project_id}/versions/{version_id}/relationships/links": "links_as_a_client_asks",
        f"GET {_DM_VERSION}/downloads": "downloads",
        f"GET {_DM_VERSION}/downloadFormats": "download_formats",
        f"POST {_PROJECT}/versions": "copy",
        f"PATCH {_ITEM}": "renamed_item",
        f"PATCH {_DM_VERSION}": "named_version",
    },
    "autodesk_vault": {
        f"GET {VAULTS}": "vaults",
        f"GET {_VAULT}": "vault",
        f"GET {_VAULT}/items": "items",
        f"GET {_VAULT}/item-versions": "item_versions_with_properties",
        f"GET {_VAULT}/items/{{id}}/versions": "history_with_properties",
        f"GET {_VAULT}/items/{{id}}": "item",
        f"GET {_VAULT}/item-versions/{{id}}": "version",
        f"GET {_VAULT}/property-definitions": "properties",
        f"GET {_VAULT}/property-definitions/{{id}}": "property",
        f"GET {_VAULT}/item-versions/{{id}}/associated-files": "files",
        f"GET {_VAULT}/files/{{id}}": "file",
        f"GET {_VAULT}/file-versions/{{id}}": "file_version",
        f"GET {_VAULT}/file-versions/{{id}}/item-versions": "versions_of_file",
        f"GET {_VAULT}/file-versions/{{id}}/signedurl": "signed_url",
    },
    "disguise": {
        f"GET {_CLIP}": "list",
        f"GET {_CLIP}/{{version_id}}": "get",
        f"PATCH {_CLIP}/{{version_id}}": "update",
        f"GET {_CONTENTS}": "contents",
        f"GET {_CONTENT}": "content",
        f"PATCH {_CONTENT}": "update_content",
        f"GET {_CONTENT}/request-upload": "request_upload",
        f"POST {_CONTENT}/version": "upload_version",
    },
}
_KEY = "AbCdEfGhIjKlMnOp.dwg"
# Of objects there are no goldens: the vendor's own rules say how they look.
OBJECTS: dict[str, Any] = {
    f"GET {_OBJECT}/signeds3download": {
        "status": "complete",
        "url": "https://storage.example.com/drawing.dwg?X-Amz-Signature=…",
        "params": {},
        "size": 31_415,
    },
    f"GET {_OBJECT}/details": {
        "bucketKey": objects.BUCKET,
        "objectId": f"{objects.PREFIX}{_KEY}",
        "objectKey": _KEY,
        "size": 31_415,
        "contentType": "application/acad",
        "location": f"https://assets.example.com/oss/v2/buckets/{objects.BUCKET}/objects/{_KEY}",
    },
}


def replies() -> Iterator[tuple[str, Any]]:
    """By route, the body that its document shows."""
    yield from OBJECTS.items()
    for api, by_route in REPLIES.items():
        for key, name in by_route.items():
            yield key, json.loads((GOLDENS / api / "golden" / f"{name}.json").read_text())["body"]
