"""What Autodesk's storage takes and answers: facts of its contract; no function imports it."""

from assetversions.dialects.autodesk_dm import object_requests, objects
from assetversions.dialects.autodesk_dm.routes_objects import OBJECT
from assetversions.dialects.common.http import NoQuery
from assetversions.dialects.common.schema import (
    CALLED,
    COUNT,
    FULL,
    TEXT,
    Named,
    Schema,
    like,
    names_database,
    shape,
    whole,
    word,
)
from assetversions.dialects.openapi.described import Described
from assetversions.dialects.openapi.streams import BYTES, KINDS, RANGE

SHA1 = like("^[0-9a-f]{40}$", "da39a3ee5e6b4b0d3255bfef95601890afd80709")
SIGNED_DOWNLOAD = Named(
    "SignedDownload",
    shape(
        "status params size url",
        # `chunked` and `fallback` are for objects that are in parts.
        status=word("complete"),
        url=FULL,
        params={"type": "object"},
        size=COUNT,
        sha1=SHA1,
    ),
)
DETAILS = Named(
    "ObjectDetails",
    shape(
        "bucketKey objectId objectKey size contentType location",
        bucketKey=like("^[-_.a-z0-9]{3,128}$", objects.BUCKET),
        objectId=like(
            "^urn:adsk.objects:os.object:[-_.a-z0-9]{3,128}/[^/]+$", f"{objects.PREFIX}drawing.dwg"
        ),
        objectKey=FULL,
        sha1=SHA1,
        size=COUNT,
        contentType=FULL,
        location=like("^https?://", "https://api.example.com/oss/v2/buckets/wip.dm.prod/objects/drawing.dwg"),
        createdDate=COUNT,
        lastModifiedDate=COUNT,
    ),
)
# The contract leaves it free; the words are the vendor's.
REFUSAL = Named("Reason", whole(reason=FULL))
KNOWN = tuple(
    {
        "name": name,
        "in": "header",
        "schema": TEXT | {"examples": [example]},
        "description": "304 to who has it.",
    }
    for name, example in (
        ("If-None-Match", '"9d1c4f0e9d1c4f0e9d1c4f0e9d1c4f0e"'),
        ("If-Modified-Since", "Wed, 25 Nov 2026 18:00:00 GMT"),
    )
)

OBJECTS = {
    f"GET {OBJECT}/signeds3download": Described(
        SIGNED_DOWNLOAD, object_requests.SignedDownload, also={304: None}, facts=KNOWN
    ),
    f"GET {OBJECT}/details": Described(
        DETAILS, object_requests.Details, also={304: None}, facts=KNOWN, called="get_object_details"
    ),
    f"GET {OBJECT}": Described(
        BYTES,
        NoQuery,
        also={206: BYTES, 304: None, 307: None, 416: REFUSAL},
        kinds=KINDS,
        facts=(*RANGE, *KNOWN),
        called="get_object",
    ),
}
PATHS: dict[str, Schema] = {
    "project_id": names_database(r"(b\.)?"),
    "item_id": FULL | {"examples": ["urn:adsk.wipprod:dm.lineage:AbCdEfGhIjKlMnOp"]},
    "version_id": FULL | {"examples": ["urn:adsk.wipprod:fs.file:vf.AbCdEfGhIjKlMnOp?version=3"]},
    "job_id": CALLED,
    "bucket_key": word(objects.BUCKET),
    "object_key": FULL,
}
