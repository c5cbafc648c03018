"""The bytes of a file in a reply, whichever API hands them out."""

from assetversions.dialects.common.schema import TEXT, Schema

# Any bytes: JSON Schema has no word for them.
BYTES: Schema = {}
KINDS = ("*/*",)
RANGE = (
    {
        "name": "Range",
        "in": "header",
        "schema": TEXT,
        "description": "One range of bytes: 206, or 416 where the file has nothing of it.",
        "example": "bytes=0-1023",
    },
    {
        "name": "If-Range",
        "in": "header",
        "schema": TEXT,
        "description": "The `ETag` that `Range` counts for; else all of the file comes.",
        "example": '"9d1c4f0e9d1c4f0e9d1c4f0e9d1c4f0e"',
    },
)
