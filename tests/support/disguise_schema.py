"""What every reply of Disguise must look like, good or bad, by the vendor's words on its fields."""

from typing import Any

from jsonschema import Draft202012Validator

from tests.support.json_schema import FLAG, TEXT, WHOLE, Schema, array, shape

TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
COUNT_OR_NULL: Schema = {"type": ["integer", "null"]}
MOMENT: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$"}
UUID: Schema = {"type": "string", "pattern": r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"}

VERSION = shape(
    "id asset_id label thumbnail version_number filesize_bytes type status url is_active created_at"
    " updated_at uploaded_by_user uploaded_by_user_status",
    id=UUID,
    asset_id=UUID,
    label=TEXT_OR_NULL,
    thumbnail=TEXT_OR_NULL,
    version_number=WHOLE,
    filesize_bytes=WHOLE,
    type={"enum": ["file", "image", "scene", "video", "previz"]},
    status={"enum": ["pending", "ready"]},
    url=TEXT_OR_NULL,
    is_active=FLAG,
    created_at=MOMENT,
    updated_at=MOMENT,
    uploaded_by_user=TEXT,
    uploaded_by_user_status={"enum": ["active", "deleted"]},
)
LINKS = shape("first last prev next", first=TEXT, last=TEXT, prev=TEXT_OR_NULL, next=TEXT_OR_NULL)
OFFERED = shape("url label active", url=TEXT_OR_NULL, label=TEXT, active=FLAG)
META = shape(
    "current_page from last_page links path per_page to total",
    **dict.fromkeys(("current_page", "last_page", "per_page", "total"), WHOLE),
    **dict.fromkeys(("from", "to"), COUNT_OR_NULL),
    links=array(OFFERED),
    path=TEXT,
)
PAGE = shape("data links meta", data=array(VERSION), links=LINKS, meta=META)
ERROR = shape("error", error=shape("message details", message=TEXT, details={}))
BY_FIELD = shape(
    "error",
    error=shape("message details", message=TEXT, details={"type": "object", "minProperties": 1}),
)


def check(method: str, path: str, status: int, body: Any) -> None:
    """Raises where a reply is not as it should be."""
    if status == 204:
        assert body is None
        return
    if status >= 400:
        schema = BY_FIELD if status == 422 and isinstance(body["error"]["details"], dict) else ERROR
    else:
        schema = PAGE if method == "GET" and path.endswith("/versions") else VERSION
    Draft202012Validator(schema).validate(body)
