"""What Data Management's routes take and answer, facts of Autodesk's schema; no function imports it."""

from assetversions.dialects.autodesk_dm import paging, requests, writes
from assetversions.dialects.autodesk_dm.documents import MEDIA_TYPE
from assetversions.dialects.autodesk_dm.filters import COMPARISONS, NUMBERS, PARTS, TEXTS, TIMES
from assetversions.dialects.autodesk_dm.meanings import MEANINGS
from assetversions.dialects.autodesk_dm.object_schemas import OBJECTS, PATHS, REFUSAL
from assetversions.dialects.common.http import NoQuery
from assetversions.dialects.common.schema import (
    COUNT,
    FLAG,
    FULL,
    TEXT,
    Named,
    Schema,
    array,
    like,
    one_of,
    word,
)
from assetversions.dialects.openapi.described import Api, Described, Model, Refusals

TIME = like(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$", "2026-11-25T18:00:00.250Z", format="date-time")


def thing(required: Schema, optional: Schema | None = None) -> Schema:
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": False,
    }


def named(kind: str, **more: Schema) -> Schema:
    return {"type": word(kind), "id": FULL, **more}


LINK = Named("Link", thing({"href": like("^https?://", "https://api.example.com/data/v1/projects/cars")}))
SELF = thing({"self": LINK})
RELATED = thing({"related": LINK})
CUSTOM = {"refs": thing({"links": thing({"self": LINK, "related": LINK})}), "links": thing({"links": SELF})}
ELSEWHERE = {"meta": thing({"link": LINK})}
EXTENSION = Named(
    "ResourceExtension", thing({"type": FULL, "version": FULL, "schema": LINK, "data": {"type": "object"}})
)
NAMES = {"displayName": FULL}
CHANGES = {
    f"{change}{fact}": TIME if fact == "Time" else TEXT
    for change in ("create", "lastModified")
    for fact in ("Time", "UserId", "UserName")
}

VERSION = Named(
    "VersionResource",
    thing(
        named(
            "versions",
            attributes=thing(
                {"name": FULL, "versionNumber": COUNT, "mimeType": FULL, "extension": EXTENSION}
                | NAMES
                | CHANGES,
                {"fileType": TEXT, "storageSize": COUNT},
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
    ),
)
FOLDERS = thing({"data": thing(named("folders")), "links": RELATED})
ITEM = Named(
    "ItemResource",
    thing(
        named(
            "items",
            attributes=thing(
                {"hidden": FLAG, "reserved": FLAG, "extension": EXTENSION} | NAMES | CHANGES,
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
    ),
)
FOLDER = Named(
    "FolderResource",
    thing(
        named(
            "folders",
            attributes=thing({"name": FULL, "hidden": FLAG, "extension": EXTENSION} | NAMES),
            links=SELF,
        )
    ),
)
JOB = Named(
    "JobResource",
    thing(
        named(
            "jobs",
            attributes=thing({"status": one_of("queued", "processing", "finished", "failed")}),
            links=SELF,
        )
    ),
)
FORMATS = Named("DownloadFormats", thing(named("downloadFormats", attributes=thing({"formats": array({})}))))
ERROR = thing(
    {"id": FULL, "status": like("^[45][0-9]{2}$", "400"), "code": FULL, "title": FULL, "detail": FULL},
    {"source": thing({}, {"parameter": TEXT, "pointer": TEXT})},
)
JSONAPI = {"jsonapi": thing({"version": word("1.0")})}
LINKS = Named("Links", thing({"self": LINK}, dict.fromkeys(("first", "prev", "next", "related"), LINK)))
ERRORS = Named("Errors", thing(JSONAPI | {"errors": array(ERROR) | {"minItems": 1}}))


def document(name: str, data: Schema, included: Schema | None = None) -> Schema:
    """A document as JSON:API has it; what hangs on `data` is `included`."""
    more = {} if included is None else {"included": array(included)}
    return Named(name, thing(JSONAPI | {"links": LINKS, "data": data} | more))


ONE_ITEM = document("ItemDocument", ITEM, VERSION)
ONE_VERSION = document("VersionDocument", VERSION)
ONE_JOB = document("JobDocument", JOB)
NOTHING = document("EmptyDocument", array({}) | {"maxItems": 0})
_PROJECT = "/data/v1/projects/{project_id}"
_ITEM = f"{_PROJECT}/items/{{item_id}}"
_VERSION = f"{_PROJECT}/versions/{{version_id}}"


def _values(name: str, operator: str) -> Schema:
    """Some with commas between: times that may be cut, whole numbers, or texts."""
    if name in TEXTS or operator.removeprefix("-") in PARTS:
        return TEXT | {"examples": ["wheel" if name in TEXTS else "2"]}
    return like("^[-0-9T:.Z+, ]+$", "2026-03") if name in TIMES else like("^[-0-9, ]+$", "3")


_OPERATORS = {
    "": "is",
    "-lt": "is less than",
    "-le": "is at most",
    "-eq": "is",
    "-ge": "is at least",
    "-gt": "is more than",
    "-starts": "starts with",
    "-ends": "ends with",
    "-contains": "contains",
}
_READ = {field.alias for field in requests.FilterQuery.model_fields.values()}
# What a page of versions is shown by, with each operator that there is.
_FILTERS = tuple(
    {
        "name": f"filter[{name}]{operator}",
        "in": "query",
        "schema": _values(name, operator),
        "description": f"Only versions whose `{name}` {_OPERATORS[operator]} one of these values.",
    }
    for name in sorted(TIMES | NUMBERS | TEXTS)
    for operator in ("", *(f"-{one}" for one in COMPARISONS))
    if f"filter[{name}]{operator}" not in _READ
)


def _reply(schema: Schema, query: Model | tuple[Model, ...] = NoQuery, called: str = "") -> Described:
    return Described(schema, query, kinds=(MEDIA_TYPE,), called=called)


def _part(schema: Schema, called: str) -> Described:
    return _reply(schema, requests.VersionPartQuery, called)


ROUTES = {
    f"GET {_ITEM}/versions": Described(
        document("VersionsDocument", array(VERSION)),
        (paging.PageQuery, requests.FilterQuery),
        kinds=(MEDIA_TYPE,),
        facts=_FILTERS,
    ),
    f"GET {_ITEM}": _reply(ONE_ITEM, requests.ItemQuery),
    f"GET {_ITEM}/tip": _reply(ONE_VERSION, requests.ItemQuery, "get_tip"),
    f"GET {_VERSION}": _reply(ONE_VERSION, requests.VersionQuery),
    f"GET {_VERSION}/item": _reply(ONE_ITEM, requests.VersionQuery),
    f"GET {_ITEM}/parent": _reply(document("FolderDocument", FOLDER), called="get_parent"),
    f"GET {_ITEM}/refs": _reply(NOTHING, requests.RefQuery, "get_item_refs"),
    f"GET {_ITEM}/relationships/refs": _reply(NOTHING, requests.RefQuery, "get_item_relationship_refs"),
    f"GET {_ITEM}/relationships/links": _reply(NOTHING, called="get_item_relationship_links"),
    f"GET {_PROJECT}/jobs/{{job_id}}": Described(ONE_JOB, NoQuery, also={303: ONE_JOB}, kinds=(MEDIA_TYPE,)),
    f"GET {_VERSION}/refs": _part(NOTHING, "get_refs"),
    f"GET {_VERSION}/relationships/refs": _part(NOTHING, "get_relationship_refs"),
    f"GET {_VERSION}/relationships/links": _part(NOTHING, "get_relationship_links"),
    "GET /projects/{project_id}/versions/{version_id}/relationships/links": _part(
        NOTHING, "get_relationship_links_as_clients_do"
    ),
    f"GET {_VERSION}/downloads": _part(NOTHING, "get_downloads"),
    f"GET {_VERSION}/downloadFormats": _part(
        document("DownloadFormatsDocument", FORMATS), "get_download_formats"
    ),
    f"POST {_PROJECT}/versions": Described(
        document("NewVersionDocument", VERSION, ITEM),
        writes.CopyQuery,
        (writes.VersionBody,),
        status=201,
        also={202: ONE_JOB},
        kinds=(MEDIA_TYPE,),
        prefers=True,
    ),
    f"PATCH {_ITEM}": Described(
        ONE_ITEM, NoQuery, (writes.ItemBody,), also={202: ONE_JOB}, kinds=(MEDIA_TYPE,), prefers=True
    ),
    f"PATCH {_VERSION}": Described(
        ONE_VERSION,
        requests.VersionQuery,
        (writes.ChangedVersionBody,),
        kinds=(MEDIA_TYPE,),
    ),
}
API = Api(
    "autodesk_dm",
    "Autodesk Data Management",
    ROUTES | OBJECTS,
    {
        "autodesk_dm.errors": Refusals(ERRORS, MEDIA_TYPE),
        "autodesk_dm.object_errors": Refusals(REFUSAL, prefix="Storage"),
    },
    PATHS,
    MEANINGS,
)
