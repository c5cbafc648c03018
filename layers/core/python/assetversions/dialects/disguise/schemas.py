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
    one_of,
    shape,
    whole,
)
from assetversions.dialects.disguise import requests
from assetversions.dialects.openapi.described import Api, Described, Refusals

MOMENT = like(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", "2026-11-25T18:00:00.250000Z", format="date-time")
UUID = like(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "9f1c2a4e-8b7d-8c3e-9a5f-000000000003")

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
LINKS = Named("PageLinks", whole(first=TEXT, last=TEXT, prev=maybe(TEXT), next=maybe(TEXT)))
OFFERED = Named("OfferedPage", whole(url=maybe(TEXT), label=TEXT, active=FLAG))
META = Named(
    "PageMeta",
    shape(
        "current_page from last_page links path per_page to total",
        **dict.fromkeys(("current_page", "last_page", "per_page", "total"), COUNT),
        **dict.fromkeys(("from", "to"), maybe(WHOLE)),
        links=array(OFFERED),
        path=TEXT,
    ),
)
PAGE = Named("AssetVersionPage", whole(data=array(VERSION), links=LINKS, meta=META))
BY_FIELD = {"type": "object", "minProperties": 1, "additionalProperties": array(TEXT)}
ERROR = Named("Error", whole(error=whole(message=TEXT, details={"anyOf": [TEXT, BY_FIELD]})))
_VERSIONS = "/v1/drives/{drive_id}/content/{content_id}/versions"
_VERSION = f"{_VERSIONS}/{{version_id}}"

API = Api(
    "disguise",
    "Disguise Cloud Drive",
    {
        f"GET {_VERSIONS}": Described(PAGE, requests.ListQuery),
        f"GET {_VERSION}": Described(VERSION, NoQuery),
        f"PATCH {_VERSION}": Described(VERSION, NoQuery, (requests.UpdateBody,)),
        f"DELETE {_VERSION}": Described(None, NoQuery, status=204),
    },
    {"disguise.errors": Refusals(ERROR)},
    {
        "drive_id": FULL | {"examples": ["cars"]},
        "content_id": FULL | {"examples": ["engine"]},
        "version_id": UUID,
    },
)
