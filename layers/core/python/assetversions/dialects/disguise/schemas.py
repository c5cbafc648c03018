"""What Disguise's routes take and answer, by the vendor's words on its fields; no function imports it."""

from assetversions.dialects.common.http import NoQuery
from assetversions.dialects.common.schema import (
    COUNT,
    FLAG,
    FULL,
    TEXT,
    WHOLE,
    Named,
    array,
    like,
    maybe,
    names_database,
    one_of,
    shape,
    whole,
)
from assetversions.dialects.disguise import requests
from assetversions.dialects.disguise.meanings import MEANINGS
from assetversions.dialects.openapi.described import Api, Described, Refusals

MOMENT = like(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", "2026-11-25T18:00:00.250000Z", format="date-time")
UUID = like(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "9f1c2a4e-8b7d-8c3e-9a5f-000000000003")
UPLOAD_ID = like(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "019ac9d2-5e4f-7b31-8c2a-1f0e5d3c7b9a")

VERSION = Named(
    "AssetVersion",
    whole(
        id=UUID,
        asset_id=UUID,
        label=maybe(TEXT),
        thumbnail=maybe(TEXT),
        version_number=WHOLE,
        filesize_bytes=COUNT,
        type=one_of("file", "image", "scene", "video", "previz"),
        status=one_of("pending", "ready"),
        url=maybe(TEXT),
        is_active=FLAG,
        created_at=MOMENT,
        updated_at=MOMENT,
        uploaded_by_user=TEXT,
        uploaded_by_user_status=one_of("active", "deleted"),
    ),
)
NOTHING = {"type": "null"}
CONTENT = Named(
    "Content",
    whole(
        id=UUID,
        drive_id=TEXT,
        parent_id=TEXT,
        name=TEXT,
        versions=array(VERSION),
        is_locked={"type": "boolean", "const": False},
        locked_by_id=NOTHING,
        uploaded_by_id=maybe(TEXT),
        url=maybe(TEXT),
        format=maybe(TEXT),
        thumbnail=maybe(TEXT),
        thumbnail_tiny=maybe(TEXT),
        type=one_of("file", "image", "scene", "video", "previz"),
        length=NOTHING,
        width=NOTHING,
        height=NOTHING,
        dimensions=NOTHING,
        size_bytes=COUNT,
        status=one_of("pending", "ready"),
        created_at=MOMENT,
        updated_at=MOMENT,
    ),
)
UPLOAD = Named("RequestedUpload", whole(key=TEXT, url=TEXT, upload_uuid=UPLOAD_ID))
LINKS = Named("PageLinks", whole(first=TEXT, last=maybe(TEXT), prev=maybe(TEXT), next=maybe(TEXT)))
OFFERED = Named("OfferedPage", whole(url=maybe(TEXT), label=TEXT, active=FLAG))
META = Named(
    "PageMeta",
    shape(
        "current_page from last_page links path per_page to total",
        **dict.fromkeys(("current_page", "per_page"), COUNT),
        # Contents may be too many to count.
        **dict.fromkeys(("from", "to", "last_page", "total"), maybe(COUNT)),
        links=array(OFFERED),
        path=TEXT,
    ),
)
PAGE = Named("AssetVersionPage", whole(data=array(VERSION), links=LINKS, meta=META))
CONTENTS = Named("ContentPage", whole(data=array(CONTENT), links=LINKS, meta=META))
BY_FIELD = {"type": "object", "minProperties": 1, "additionalProperties": array(TEXT)}
ERROR = Named("Error", whole(error=whole(message=TEXT, details={"anyOf": [TEXT, BY_FIELD]})))
_CONTENTS = "/v1/drives/{drive_id}/content"
_CONTENT = f"{_CONTENTS}/{{content_id}}"
_VERSIONS = f"{_CONTENT}/versions"
_VERSION = f"{_VERSIONS}/{{version_id}}"

API = Api(
    "disguise",
    "Disguise Cloud Drive",
    {
        f"GET {_VERSIONS}": Described(PAGE, requests.ListQuery),
        f"GET {_VERSION}": Described(VERSION, NoQuery),
        f"PATCH {_VERSION}": Described(VERSION, NoQuery, (requests.UpdateBody,)),
        f"DELETE {_VERSION}": Described(None, NoQuery, status=204),
        f"GET {_CONTENTS}": Described(CONTENTS, requests.ListQuery),
        f"GET {_CONTENT}": Described(CONTENT, NoQuery),
        f"PATCH {_CONTENT}": Described(CONTENT, NoQuery, (requests.UpdateContentBody,)),
        f"DELETE {_CONTENT}": Described(None, NoQuery, status=204),
        f"GET {_CONTENT}/request-upload": Described(UPLOAD, NoQuery),
        f"POST {_CONTENT}/version": Described(CONTENT, NoQuery, (requests.UploadedBody,), status=201),
    },
    {"disguise.errors": Refusals(ERROR)},
    {
        "drive_id": names_database(),
        "content_id": FULL | {"examples": ["engine"]},
        "version_id": UUID,
    },
    MEANINGS,
)
