"""What Autodesk's storage answers, as JSON Schema of our own: facts of its contract."""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
SIZE: Schema = {"type": "integer", "minimum": 0}

SIGNED_DOWNLOAD: Schema = {
    "type": "object",
    "required": ["status", "params", "size", "url"],
    "additionalProperties": False,
    "properties": {
        # `chunked` and `fallback` are for objects that are in parts.
        "status": {"const": "complete"},
        "url": TEXT,
        "params": {"type": "object"},
        "size": SIZE,
        "sha1": {"type": "string", "pattern": "^[0-9a-f]{40}$"},
    },
}
DETAILS: Schema = {
    "type": "object",
    "required": ["bucketKey", "objectId", "objectKey", "size", "contentType", "location"],
    "additionalProperties": False,
    "properties": {
        "bucketKey": {"type": "string", "pattern": "^[-_.a-z0-9]{3,128}$"},
        "objectId": {"type": "string", "pattern": "^urn:adsk.objects:os.object:[-_.a-z0-9]{3,128}/[^/]+$"},
        "objectKey": TEXT,
        "sha1": {"type": "string", "pattern": "^[0-9a-f]{40}$"},
        "size": SIZE,
        "contentType": TEXT,
        "location": {"type": "string", "pattern": "^https://"},
        "createdDate": SIZE,
        "lastModifiedDate": SIZE,
    },
}
# The contract leaves it free; the words are the vendor's.
REFUSAL: Schema = {
    "type": "object",
    "required": ["reason"],
    "additionalProperties": False,
    "properties": {"reason": TEXT},
}
