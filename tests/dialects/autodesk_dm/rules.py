"""What the vendor documents for each operation that is served here, and what is done about it."""

from typing import Any, NamedTuple


class Rule(NamedTuple):
    """`sent` is a value of it; `status` what is answered then, and `names` the field that a refusal names."""

    route: str
    name: str
    sent: Any
    status: int
    names: str = ""


ITEM, VERSION = "items/{item}", "versions/{version}"
LIST = f"{ITEM}/versions"
OPERATORS = ("lt", "le", "eq", "ge", "gt", "starts", "ends", "contains")
TEXTS = (
    "id",
    "name",
    "displayName",
    "mimeType",
    "fileType",
    "createUserId",
    "extension.type",
    "extension.version",
)
EMPTY = (f"{ITEM}/refs", f"{ITEM}/relationships/refs", f"{VERSION}/refs", f"{VERSION}/relationships/refs")
ROUTES = (
    LIST,
    ITEM,
    f"{ITEM}/tip",
    f"{ITEM}/parent",
    *EMPTY,
    VERSION,
    f"{VERSION}/item",
    f"{VERSION}/downloads",
)

HONOURED = (
    *(Rule(LIST, name, value, 200) for name, value in [
        ("page[number]", "1"), ("page[limit]", "200"), ("filter[id]", "x"), ("filter[extension.type]", "x"),
        ("filter[versionNumber]", "1"), ("filter[createTime]-ge", "2016-04"),
    ]),
    *(Rule(LIST, f"filter[{field}]-{operator}", "x", 200) for field in TEXTS for operator in OPERATORS),
    Rule(ITEM, "includePathInProject", "true", 200),
    # Nothing is there for them to leave out.
    *(Rule(route, f"filter[{field}]", "x", 200) for route in EMPTY
      for field in ("type", "id", "extension.type")),
    *(Rule(route, f"filter[{field}]", "x", 200) for route in EMPTY if "relationships" in route
      for field in ("refType", "direction")),
    Rule(f"{VERSION}/downloads", "filter[format.fileType]", "pdf", 200),
)  # fmt: skip
REFUSED = (
    # Versions are not hidden one by one.
    Rule(LIST, "filter[hidden]", "true", 400, "filter[hidden]"),
    Rule(LIST, "page[limit]", "201", 400, "page[limit]"),
    Rule(LIST, "page[number]", "-1", 400, "page[number]"),
    *(Rule(route, "unknown", "x", 400, "unknown") for route in ROUTES),
)
PARAMETERS = HONOURED + REFUSED

_FACTS = "data.attributes"
_LINKED = "data.relationships"
DELETED = {"type": "versions:autodesk.core:Deleted"}
FOLDER = {"data": {"type": "folders", "id": "x"}}
OTHER = {"data": {"type": "items", "id": "x"}}
FILE = {"type": "versions:autodesk.bim360:File", "version": "1.0"}
OBJECT = {"data": {"type": "objects", "id": "urn:adsk.objects:os.object:wip.dm.prod/x"}}
# By the path of the field in the body of `POST versions?copyFrom=…`.
BODY = (
    Rule("versions", "jsonapi", {"version": "1.0"}, 201),
    Rule("versions", "data.meta", {"any": "thing"}, 201),
    Rule("versions", f"{_FACTS}.name", "Drawing.pdf", 201),
    Rule("versions", f"{_FACTS}.name", "other.pdf", 201),
    Rule("versions", f"{_FACTS}.name", "in/other.pdf", 400, f"{_FACTS}.name"),
    Rule("versions", f"{_FACTS}.name", "", 400, f"{_FACTS}.name"),
    Rule("versions", f"{_FACTS}.name", "x" * 256, 400, f"{_FACTS}.name"),
    Rule("versions", f"{_FACTS}.extension", FILE, 201),
    Rule("versions", f"{_FACTS}.extension", DELETED, 400, "copyFrom"),
    Rule("versions", f"{_FACTS}.extension", {"type": "versions:autodesk.core:File"}, 400,
         f"{_FACTS}.extension.type"),
    Rule("versions", f"{_FACTS}.extension.data", {"a": 1}, 400, f"{_FACTS}.extension.data"),
    Rule("versions", f"{_FACTS}.displayName", "x", 400, f"{_FACTS}.displayName"),
    Rule("versions", f"{_FACTS}.storageUrn", "x", 400, f"{_FACTS}.storageUrn"),
    Rule("versions", f"{_LINKED}.item", OTHER, 400, f"{_LINKED}.item.data.id"),
    Rule("versions", f"{_LINKED}.item", FOLDER, 400, f"{_LINKED}.item.data.type"),
    Rule("versions", f"{_LINKED}.storage", OBJECT, 400, f"{_LINKED}.storage"),
    Rule("versions", f"{_LINKED}.refs", {"data": []}, 400, f"{_LINKED}.refs"),
    Rule("versions", "included", [], 400, "included"),
)  # fmt: skip

# What the body of a deletion has, and of a change of an item or a version, by what it leads to.
OWN = {"data": {"type": "items", "id": "a1"}}
DELETION = {"type": "versions", "attributes": {"extension": DELETED}, "relationships": {"item": OWN}}
DELETIONS = (
    Rule("versions", "", None, 201),
    Rule("versions", "attributes.extension.version", "1.0", 201),
    Rule("versions", "attributes.extension.version", "2.0", 400, f"{_FACTS}.extension.version"),
    Rule("versions", "attributes.extension.data", {"a": 1}, 400, f"{_FACTS}.extension.data"),
    Rule("versions", "attributes.name", "Drawing.pdf", 400, f"{_FACTS}.name"),
    Rule("versions", "relationships.item", None, 400, f"{_LINKED}.item"),
    Rule("versions", "relationships.storage", OBJECT, 400, f"{_LINKED}.storage"),
)
CHANGES = (
    Rule(ITEM, "attributes.displayName", "other.pdf", 200),
    Rule(ITEM, "attributes.displayName", "", 400, f"{_FACTS}.displayName"),
    Rule(ITEM, "attributes.displayName", "in/other.pdf", 400, f"{_FACTS}.displayName"),
    Rule(ITEM, "attributes.hidden", True, 400, f"{_FACTS}.hidden"),
    Rule(ITEM, "attributes.extension", {"data": {"description": "x"}}, 400, f"{_FACTS}.extension"),
    Rule(ITEM, "id", "a2", 400, "data.id"),
    Rule(ITEM, "id", "urn:adsk.wipprod:dm.lineage:AAAAAAAAAAAAAAA", 400, "data.id"),
    Rule(ITEM, "type", "versions", 400, "data.type"),
    Rule(ITEM, "relationships", {}, 400, "data.relationships"),
    Rule(VERSION, "attributes.name", "Drawing.pdf", 200),
    Rule(VERSION, "attributes.name", "other.pdf", 400, f"{_FACTS}.name"),
    Rule(VERSION, "attributes.displayName", "x", 400, f"{_FACTS}.displayName"),
    Rule(VERSION, "attributes.versionNumber", 7, 400, f"{_FACTS}.versionNumber"),
    Rule(VERSION, "id", "urn:adsk.wipprod:fs.file:vf.AAAAAAAAAAAAAAA?version=1", 400, "data.id"),
    Rule(VERSION, "type", "items", 400, "data.type"),
)
