"""What Autodesk's public schema requires of each document, in facts of our own."""

from typing import Any

from jsonschema import Draft202012Validator

from tests.support.json_schema import TEXT, Schema, array

FULL: Schema = {"type": "string", "minLength": 1}
TIME: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}


def thing(required: Schema, optional: Schema | None = None, *, more: bool = False) -> Schema:
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": more,
    }


def named(kind: str, **more: Schema) -> Schema:
    return {"type": {"const": kind}, "id": FULL, **more}


LINK = thing({"href": {"type": "string", "pattern": "^https://"}})
SELF = thing({"self": LINK})
RELATED = thing({"related": LINK})
CUSTOM = {"refs": thing({"links": thing({"self": LINK, "related": LINK})}), "links": thing({"links": SELF})}
ELSEWHERE = {"meta": thing({"link": LINK})}
EXTENSION = thing({"type": FULL, "version": FULL, "schema": LINK, "data": {"type": "object"}})
NAMES = {"displayName": FULL}
CHANGES = {
    f"{change}{fact}": TIME if fact == "Time" else TEXT
    for change in ("create", "lastModified")
    for fact in ("Time", "UserId", "UserName")
}
NUMBER: Schema = {"type": "integer", "minimum": 0}

VERSION = thing(
    named(
        "versions",
        attributes=thing(
            {"name": FULL, "versionNumber": NUMBER, "mimeType": FULL, "extension": EXTENSION}
            | NAMES
            | CHANGES,
            {"fileType": TEXT, "storageSize": NUMBER},
        ),
        links=thing({"self": LINK}, {"webView": LINK}),
        relationships=thing(
            {
                "item": thing({"links": RELATED, "data": thing(named("items"))}),
                "downloadFormats": thing({"links": RELATED}),
                **CUSTOM,
            },
            {
                "storage": thing({"data": thing(named("objects")), **ELSEWHERE}),
                "thumbnails": thing({"data": thing(named("thumbnails")), **ELSEWHERE}),
            },
        ),
    )
)
FOLDERS = thing({"data": thing(named("folders")), "links": RELATED})
ITEM = thing(
    named(
        "items",
        attributes=thing(
            {"hidden": {"type": "boolean"}, "reserved": {"type": "boolean"}, "extension": EXTENSION}
            | NAMES
            | CHANGES,
            {"pathInProject": TEXT},
        ),
        links=SELF,
        relationships=thing(
            {
                "parent": FOLDERS,
                "tip": thing({"links": RELATED}, {"data": thing(named("versions"))}),
                "versions": thing({"links": RELATED}),
                **CUSTOM,
            }
        ),
    )
)
FOLDER = thing(
    named(
        "folders",
        attributes=thing({"name": FULL, "hidden": {"type": "boolean"}, "extension": EXTENSION} | NAMES),
        links=SELF,
    )
)
JOB = thing(
    named(
        "jobs",
        attributes=thing({"status": {"enum": ["queued", "processing", "finished", "failed"]}}),
        links=SELF,
    )
)
FORMATS = thing(named("downloadFormats", attributes=thing({"formats": {"type": "array"}})))
ERROR = thing(
    {"id": FULL, "status": {"pattern": "^[45][0-9]{2}$"}, "code": FULL, "title": FULL, "detail": FULL},
    {"source": {"type": "object"}},
)
JSONAPI = {"jsonapi": thing({"version": {"const": "1.0"}})}
LINKS = thing({"self": LINK}, dict.fromkeys(("first", "prev", "next", "related"), LINK))
RESOURCES = {"anyOf": [VERSION, ITEM, FOLDER, JOB, FORMATS]}
DATA = {"anyOf": [*RESOURCES["anyOf"], array(VERSION)]}

GOOD = thing(JSONAPI | {"links": LINKS, "data": DATA}, {"included": array(RESOURCES)})
BAD = thing(JSONAPI | {"errors": array(ERROR) | {"minItems": 1}})


def check(body: Any, status: int) -> None:
    """Fails on what the schema does not have, or lacks."""
    Draft202012Validator(GOOD if status < 400 else BAD).validate(body)
