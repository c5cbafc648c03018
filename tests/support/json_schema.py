"""What the schemas of replies are made of."""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer"}


def shape(required: str, **fields: Schema) -> Schema:
    """An object with these fields and no others; none may be null, which a generated client can't read."""
    return {
        "type": "object",
        "required": required.split(),
        "properties": fields,
        "additionalProperties": False,
    }


def array(of: Schema) -> Schema:
    return {"type": "array", "items": of}
