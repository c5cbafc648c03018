"""What Posta's routes take and answer, by the vendor's words on its fields; no function imports it."""

from assetversions.dialects.common.http import NoQuery
from assetversions.dialects.common.schema import (
    COUNT,
    FLAG,
    FULL,
    TEXT,
    Named,
    Schema,
    array,
    by_name,
    like,
    one_of,
    shape,
    whole,
    words,
)
from assetversions.dialects.openapi.described import Api, Described, Model, Refusals
from assetversions.dialects.posta import requests
from assetversions.dialects.posta.meanings import MEANINGS
from assetversions.domain.jobs import JobState
from assetversions.domain.model import State
from assetversions.domain.variables import Behavior, Kind

MOMENT = like(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", "2026-11-25T18:00:00.250Z", format="date-time")
ASSET_ID = like("^ast_[0-9A-Za-z]{16}$", "ast_3pR8vB1cQ9sZt2Yx")
ID = like("^astv_[0-9A-Za-z]{22}$", "astv_3pR8vB1cQ9sZt2YxK4mN7a")


def up_to(most: int, least: int = 0) -> Schema:
    return {"type": "string", "minLength": least, "maxLength": most}


CONTENT = Named(
    "Content",
    shape(
        "source",
        source={"type": "string", "enum": ["inline", "import", "externalUrl"]},
        type=TEXT,
        content=TEXT,
    ),
)
VARIABLE = Named(
    "VariableDefinition",
    shape(
        "name type behavior allowEmpty",
        name=up_to(64, 1),
        type=words(Kind),
        behavior=words(Behavior),
        allowEmpty=FLAG,
        presetValue=up_to(512),
        sampleValue=up_to(512),
    ),
)
VERSION = Named(
    "AssetVersion",
    shape(
        "id status notes variableDefinitions createdAt modifiedAt",
        id=ID,
        status=words(State),
        # The page gives 255; VAMS takes longer comments, and they are shown as they are.
        notes=TEXT,
        content=CONTENT,
        variableDefinitions=array(VARIABLE),
        contentType=FULL,
        contentLength=COUNT,
        contentUrl=FULL,
        createdAt=MOMENT,
        modifiedAt=MOMENT,
    ),
)
ASSET = Named(
    "Asset",
    whole(
        id=ASSET_ID,
        status=words(State),
        type=one_of("template", "image", "font", "document"),
        # The page gives 255; VAMS takes 256.
        name=up_to(256, 1),
        description=TEXT,
        versionCount=COUNT,
        createdAt=MOMENT,
        modifiedAt=MOMENT,
    ),
)
ASSETS = Named("AssetPage", shape("items", items=array(ASSET), nextToken=FULL))
PAGE = Named("AssetVersionPage", shape("items", items=array(VERSION), nextToken=FULL))
JOB = Named(
    "Job",
    shape(
        "id status createdAt modifiedAt",
        id=TEXT,
        status=words(JobState),
        versionId=ID,
        detail=TEXT,
        createdAt=MOMENT,
        modifiedAt=MOMENT,
    ),
)
VALUES = Named("ResolvedVariables", whole(variables=array(whole(name=TEXT, value=TEXT))))
PROBLEM = Named(
    "Problem",
    whole(
        type=TEXT,
        title=TEXT,
        status={"type": "integer", "minimum": 400, "maximum": 599},
        detail=TEXT,
        errors=by_name(TEXT),
    ),
)
_VERSIONS = "/assets/{assetId}/versions"
_VERSION = f"{_VERSIONS}/{{versionId}}"


def _accepted(*body: Model) -> Described:
    """Done, and nothing to say."""
    return Described(None, NoQuery, body, status=202)


API = Api(
    "posta",
    "Posta",
    {
        "GET /posta/assets": Described(ASSETS, requests.PageQuery),
        "GET /assets/{assetId}": Described(ASSET, NoQuery),
        f"GET {_VERSIONS}": Described(PAGE, requests.ListQuery),
        f"POST {_VERSIONS}": Described(
            VERSION, NoQuery, (requests.CreateBody,), status=201, also={202: None}
        ),
        f"GET {_VERSION}": Described(VERSION, NoQuery),
        f"PUT {_VERSION}": _accepted(requests.UpdateBody),
        f"DELETE {_VERSION}": _accepted(),
        f"POST {_VERSION}/publish": _accepted(),
        f"POST {_VERSION}/archive": _accepted(),
        "GET /assets/{assetId}/jobs/{jobId}": Described(JOB, NoQuery),
        f"POST {_VERSION}/clone": Described(VERSION, NoQuery, (requests.CloneBody,), also={202: None}),
        f"POST {_VERSION}/variables/resolve": Described(VALUES, NoQuery, (requests.ResolveBody,)),
    },
    {"posta.errors": Refusals(PROBLEM, "application/problem+json")},
    {"assetId": ASSET_ID, "versionId": ID},
    MEANINGS,
)
