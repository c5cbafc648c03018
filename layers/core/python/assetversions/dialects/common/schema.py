"""What the schemas of bodies are made of: JSON Schema, written shortly. No function imports them."""

from enum import StrEnum
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
FULL: Schema = {"type": "string", "minLength": 1}
FLAG: Schema = {"type": "boolean"}
WHOLE: Schema = {"type": "integer"}
COUNT: Schema = {"type": "integer", "minimum": 0}
TEXTS: Schema = {"type": "array", "items": TEXT}
ADDRESS: Schema = {"type": "string", "format": "uri"}
# Whatever JSON can say.
ANYTHING: Schema = {}
# By the rule of `policy_name` in `domain/names.py`.
CALLED: Schema = {"type": "string", "minLength": 1, "maxLength": 256}


def names_database(prefix: str = "") -> Schema:
    """By the rule of `domain/names.py`; `prefix` is a pattern of what may stand before it."""
    return {"type": "string", "pattern": f"^{prefix}[-_a-zA-Z0-9]{{3,63}}$", "examples": ["cars"]}


class Named(Schema):
    """A schema that has a name in the document: whatever holds it refers to it."""

    def __init__(self, name: str, schema: Schema) -> None:
        super().__init__(schema)
        self.name = name


def shape(required: str, /, **fields: Schema) -> Schema:
    """An object with these fields and no others; none may be null, unless its own schema says so."""
    return {
        "type": "object",
        "required": required.split(),
        "properties": fields,
        "additionalProperties": False,
    }


def whole(**fields: Schema) -> Schema:
    """An object with all of these fields and no others."""
    return shape(" ".join(fields), **fields)


def array(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def by_name(of: Schema) -> Schema:
    """An object whose names nobody knows beforehand."""
    return {"type": "object", "additionalProperties": of}


def maybe(schema: Schema) -> Schema:
    """The same, or null."""
    if isinstance(schema.get("type"), str) and not isinstance(schema, Named) and "enum" not in schema:
        return schema | {"type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def one_of(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


def word(value: str) -> Schema:
    return {"type": "string", "const": value}


def like(pattern: str, example: str, **more: Any) -> Schema:
    return {"type": "string", "pattern": pattern, "examples": [example], **more}


def same_as(name: str) -> Schema:
    """What the document has under this name: how a schema can hold itself."""
    return {"$ref": name}


def joined(*shapes: Schema, drop: str = "") -> Schema:
    """One object with the fields of all of these."""
    required = [name for one in shapes for name in one["required"]]
    fields = {name: of for one in shapes for name, of in one["properties"].items()}
    left_out = set(drop.split())
    return shape(
        " ".join(dict.fromkeys(name for name in required if name not in left_out)),
        **{name: of for name, of in fields.items() if name not in left_out},
    )


def words(kind: type[StrEnum]) -> Schema:
    return one_of(*kind)
