"""Every parameter and field that Posta documents for what is served here, and what is done about it."""

from typing import Any, NamedTuple

HTML = {"source": "inline", "type": "text/html", "content": "<p>"}
REFUSED = "refused with 400"


class Parameter(NamedTuple):
    """`seen` are the notes of the versions that the list then has; REFUSED names the parameter."""

    name: str
    value: str
    seen: list[str] | str


# The world: versions with the notes 1 (archived), 2 (published) and 3 (a draft).
PARAMETERS = [
    Parameter("pageSize", "1", ["3"]),
    Parameter("pageSize", "100", ["3", "2"]),
    Parameter("pageSize", "0", REFUSED),
    Parameter("pageSize", "101", REFUSED),
    Parameter("nextToken", "nonsense", REFUSED),
    Parameter("includeArchived", "true", ["3", "2", "1"]),
    Parameter("includeArchived", "false", ["3", "2"]),
    Parameter("includeArchived", "maybe", REFUSED),
    # In no document of the vendor's.
    Parameter("sort", "notes", REFUSED),
]


class Field(NamedTuple):
    """Of a body that makes or changes a draft: `shown` is what the draft then has, as far as it is said."""

    body: dict[str, Any]
    shown: dict[str, Any]


def _variable(**fields: Any) -> Field:
    usual = {"name": "a", "type": "value", "behavior": "optional", "allowEmpty": False}
    return Field({"variableDefinitions": [{"name": "a"} | fields]}, {"variableDefinitions": [usual | fields]})


_URL = {"source": "externalUrl", "content": "https://example.com/a"}
FIELDS = [
    Field({"notes": "changed"}, {"notes": "changed"}),
    Field({"content": HTML}, {"content": HTML, "contentType": "text/html", "contentLength": 3}),
    Field(
        {"content": HTML | {"type": "text"}}, {"content": HTML | {"type": "text/plain"}, "contentLength": 3}
    ),
    Field({"content": _URL}, {"content": _URL}),
    Field({"publish": False, "notes": "changed"}, {"status": "draft"}),
    _variable(name="firstName"),
    *(_variable(type=kind) for kind in ("value", "externalUrl")),
    *(_variable(behavior=behavior) for behavior in ("optional", "required")),
    *(_variable(behavior=behavior, presetValue="x") for behavior in ("preset", "overridablePreset")),
    _variable(allowEmpty=True),
    _variable(sampleValue="Jane"),
]
# Fields of a reply: what was read is sent back whole, and these stay as they are.
READ_ONLY: dict[str, Any] = {
    "id": "astv_0",
    "status": "published",
    "contentType": "image/png",
    "contentLength": 7,
    "contentUrl": "https://example.com",
    "createdAt": "2020-01-01T00:00:00.000Z",
    "modifiedAt": "2020-01-01T00:00:00.000Z",
}
# With the status and the path that `errors` then has.
REFUSED_FIELDS: list[tuple[dict[str, Any], int, str]] = [
    ({"notes": "x" * 256}, 400, "notes"),
    ({"notes": 5}, 400, "notes"),
    ({"content": {"source": "import", "content": "https://example.com"}}, 422, "content.source"),
    ({"content": {"source": "import", "content": "ftp://example.com"}}, 400, "content.content"),
    ({"notes": "changed", "publish": "yes"}, 400, "publish"),
    ({"content": "text"}, 400, "content"),
    ({"content": HTML | {"type": 5}}, 400, "content.type"),
    ({"content": HTML | {"content": "x" * 102_401}}, 400, "content.content"),
    (
        {"variableDefinitions": [{"name": "a", "behavior": "preset"}]},
        422,
        "variableDefinitions.0.presetValue",
    ),
]
