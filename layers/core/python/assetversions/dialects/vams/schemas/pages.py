"""The documents themselves, and the page that renders them."""

from assetversions.dialects.common.schema import TEXT, Named, Schema
from assetversions.dialects.openapi.described import Described

DOCUMENT = Named("Document", {"type": "object", "required": ["info"]})
KNOWN = (
    {
        "name": "If-None-Match",
        "in": "header",
        "schema": TEXT,
        "description": "304 to who has it.",
        "example": '"9d1c4f0e9d1c4f0e9d1c4f0e9d1c4f0e"',
    },
)
SAME: dict[int, Schema | None] = {304: None}

ROUTES = {
    "GET /openapi.json": Described(DOCUMENT, also=SAME, facts=KNOWN),
    "GET /openapi/{document}": Described(DOCUMENT, also=SAME, facts=KNOWN),
    "GET /asyncapi.json": Described(DOCUMENT, also=SAME, facts=KNOWN),
    "GET /docs": Described(TEXT, also=SAME, facts=KNOWN, kinds=("text/html",)),
    "GET /docs/{file}": Described(TEXT, also=SAME, facts=KNOWN, kinds=("text/javascript", "text/css")),
}
