"""What every reply of Posta must look like, good or bad, by the vendor's words on its fields."""

from typing import Any

from jsonschema import Draft202012Validator

from tests.support.json_schema import FLAG, TEXT, Schema, array, shape

MOMENT: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"}
ID: Schema = {"type": "string", "pattern": "^astv_[0-9A-Za-z]{22}$"}


def up_to(most: int, least: int = 0) -> Schema:
    return {"type": "string", "minLength": least, "maxLength": most}


CONTENT = shape(
    "source",
    source={"enum": ["inline", "import", "externalUrl"]},
    type=TEXT,
    content=TEXT,
)
VARIABLE = shape(
    "name type behavior allowEmpty",
    name=up_to(64, 1),
    type={"enum": ["value", "asset", "externalUrl"]},
    behavior={"enum": ["optional", "required", "preset", "overridablePreset"]},
    allowEmpty=FLAG,
    presetValue=up_to(512),
    sampleValue=up_to(512),
)
VERSION = shape(
    "id status notes variableDefinitions createdAt modifiedAt",
    id=ID,
    status={"enum": ["draft", "published", "archived", "deleted"]},
    # The page gives 255; VAMS takes longer comments, and they are shown as they are.
    notes=TEXT,
    content=CONTENT,
    variableDefinitions=array(VARIABLE),
    contentType=up_to(99_999, 1),
    contentLength={"type": "integer", "minimum": 0},
    contentUrl=up_to(99_999, 1),
    createdAt=MOMENT,
    modifiedAt=MOMENT,
)
PAGE = shape("items", items=array(VERSION), nextToken=up_to(99_999, 1))
JOB = shape(
    "id status createdAt modifiedAt",
    id=TEXT,
    status={"enum": ["pending", "running", "succeeded", "failed", "cancelled"]},
    versionId=ID,
    detail=TEXT,
    createdAt=MOMENT,
    modifiedAt=MOMENT,
)
VALUES = shape("variables", variables=array(shape("name value", name=TEXT, value=TEXT)))
PROBLEM = shape(
    "type title status detail errors",
    type=TEXT,
    title=TEXT,
    status={"type": "integer"},
    detail=TEXT,
    errors={"type": "object", "additionalProperties": TEXT},
)


def check(method: str, path: str, status: int, body: Any) -> None:
    """Raises where a reply is not as it should be."""
    if status == 202:
        assert body is None
        return
    schema = PROBLEM if status >= 400 else _shown(method, path)
    Draft202012Validator(schema).validate(body)
    assert status < 400 or body["status"] == status


def _shown(method: str, path: str) -> Schema:
    if "/jobs/" in path:
        return JOB
    if path.endswith("/resolve"):
        return VALUES
    return PAGE if method == "GET" and path.endswith("/versions") else VERSION
