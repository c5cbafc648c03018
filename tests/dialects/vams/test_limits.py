"""How much a VAMS request may carry: the most that the pages say is taken, one more is refused by name."""

import copy
import json
from typing import Any

import pytest
from assetversions.dialects.common.http import Request
from assetversions.dialects.vams import routes, routes_access
from assetversions.domain.commands.access import ExplainAccess
from assetversions.domain.commands.service import DescribeService
from assetversions.domain.errors import Invalid, TooLarge
from assetversions.domain.model import AssetRef

PATH = {
    "databaseId": "cars",
    "assetId": "engine",
    "assetVersionId": "3",
    "uploadId": "01900000-0000-7000-8000-000000000000",
}
DECODE = {route.key: route.decode for route in (*routes.ROUTES, *routes_access.ROUTES)}
_ASSET = "/database/{databaseId}/assets/{assetId}"
_VERSION = f"{_ASSET}/assetversions/{{assetVersionId}}"
DATABASE, NEW_ASSET, ASSET = "POST /database", "POST /assets", f"PUT {_ASSET}"
CREATE, UPDATE, CLONE = f"POST {_ASSET}/createVersion", f"PUT {_VERSION}", f"POST {_VERSION}/clone"
REVERT = f"POST {_ASSET}/revertAssetVersion/{{assetVersionId}}"
SUBSCRIBE, START, COMPLETE = "POST /subscriptions", "POST /uploads", "POST /uploads/{uploadId}/complete"
DOWNLOAD = f"POST {_ASSET}/download"
RULE, ROLE, MEMBERSHIP, TOKEN = (
    "POST /auth/constraints",
    "POST /roles",
    "POST /user-roles",
    "POST /api-tokens",
)

PART = {"PartNumber": 1, "ETag": "e"}
LARGEST = {"relativeKey": "a", "file_size": 5 * 1024**4, "num_parts": 5_000}
ENTRY = {"metadataKey": "key", "metadataValue": "v"}
CRITERION = {"field": "tags", "operator": "contains", "value": "public"}
GROUP = {"groupId": "artist", "permission": "GET", "permissionType": "allow"}
USER = {"userId": "ann", "permission": "GET", "permissionType": "allow"}

WHOLE: dict[str, Any] = {
    DATABASE: {"databaseId": "cars", "description": "all cars"},
    NEW_ASSET: {"databaseId": "cars", "assetName": "Engine", "description": "an engine", "metadata": [ENTRY]},
    ASSET: {"assetName": "Engine", "metadata": [ENTRY]},
    CREATE: {"files": [{"relativeKey": "a", "versionId": "x"}]},
    UPDATE: {"comment": ""},
    CLONE: {},
    REVERT: {},
    SUBSCRIBE: {
        "eventName": "Asset Version Change",
        "entityName": "Asset",
        "entityId": "engine",
        "subscribers": ["ann"],
    },
    START: {
        "databaseId": "cars",
        "assetId": "engine",
        "uploadType": "assetFile",
        "files": [{"relativeKey": "a", "num_parts": 1}],
    },
    COMPLETE: {
        "databaseId": "cars",
        "assetId": "engine",
        "uploadType": "assetFile",
        "files": [{"relativeKey": "a", "uploadIdS3": "s3", "parts": [PART]}],
    },
    DOWNLOAD: {"downloadType": "assetFile", "key": "a"},
    RULE: {
        "identifier": "one",
        "objectType": "asset",
        "criteriaAnd": [CRITERION],
        "groupPermissions": [GROUP],
    },
    ROLE: {"roleName": "artist", "description": ""},
    MEMBERSHIP: {"userId": "ann", "roleName": ["artist"]},
    TOKEN: {"name": "build"},
}


def texts(count: int) -> list[str]:
    return [f"t{number}" for number in range(count)]


# (route, where in its body, the most that is taken, one more)
MOST: list[tuple[str, str, Any, Any]] = [
    *(
        (route, field, "x" * 1024, "x" * 1025)
        for route, field in [
            (CREATE, "description"),
            (CREATE, "comment"),
            (CREATE, "files.0.versionId"),
            (UPDATE, "comment"),
            (CLONE, "comment"),
            (REVERT, "comment"),
            (DOWNLOAD, "versionId"),
        ]
    ),
    *(
        (route, field, "x" * 256, "x" * 257)
        for route, field in [
            (DATABASE, "description"),
            (NEW_ASSET, "description"),
            (NEW_ASSET, "assetName"),
            (NEW_ASSET, "owner"),
            (NEW_ASSET, "metadata.0.metadataKey"),
            (ASSET, "description"),
            (ASSET, "assetName"),
            (ASSET, "owner"),
            (RULE, "name"),
            (RULE, "description"),
            (ROLE, "description"),
            (TOKEN, "name"),
        ]
    ),
    *((route, "assetType", "x" * 64, "x" * 65) for route in (NEW_ASSET, ASSET)),
    *((route, "tags", texts(50), texts(51)) for route in (NEW_ASSET, ASSET)),
    *((route, "tags", ["x" * 256], ["x" * 257]) for route in (NEW_ASSET, ASSET)),
    (DATABASE, "restrictFileUploadsToExtensions", ".aa," * 256, ".aa," * 256 + "b"),
    (REVERT, "paths", texts(1_000), texts(1_001)),
    (SUBSCRIBE, "subscribers", texts(100), texts(101)),
    (SUBSCRIBE, "subscribers", ["x" * 256], ["x" * 257]),
    (START, "files", [LARGEST], [LARGEST | {"file_size": 5 * 1024**4 + 1}]),
    (RULE, "criteriaAnd", [CRITERION] * 50, [CRITERION] * 51),
    (RULE, "criteriaOr", [CRITERION] * 50, [CRITERION] * 51),
    (RULE, "criteriaAnd.0.value", "x" * 10_000, "x" * 10_001),
    (RULE, "groupPermissions", [GROUP] * 500, [GROUP] * 501),
    (RULE, "userPermissions", [USER] * 500, [USER] * 501),
    (MEMBERSHIP, "roleName", texts(100), texts(101)),
    (TOKEN, "scopes", ["data:read"] * 10, ["data:read"] * 11),
]

# (route, where in its body, the least that is taken, one less)
LEAST: list[tuple[str, str, Any, Any]] = [
    (CREATE, "files.0.versionId", "x", ""),
    (DATABASE, "description", "xxxx", "xxx"),
    (NEW_ASSET, "description", "xxxx", "xxx"),
    (NEW_ASSET, "assetName", "x", ""),
    (NEW_ASSET, "owner", "x", ""),
    (NEW_ASSET, "metadata.0.metadataKey", "x", ""),
    (ASSET, "description", "xxxx", "xxx"),
    (ASSET, "assetName", "x", ""),
    (ASSET, "owner", "x", ""),
    *((route, "tags", ["x"], [""]) for route in (NEW_ASSET, ASSET)),
    (REVERT, "paths", ["a"], []),
    (SUBSCRIBE, "subscribers", ["x"], []),
    (SUBSCRIBE, "subscribers", ["x"], [""]),
    (START, "files", WHOLE[START]["files"], []),
    (START, "files", [{"relativeKey": "a", "file_size": 0}], [{"relativeKey": "a", "file_size": -1}]),
    (START, "files.0.num_parts", 1, -1),
    (COMPLETE, "files", WHOLE[COMPLETE]["files"], []),
    (RULE, "criteriaAnd.0.value", "x", ""),
    (MEMBERSHIP, "roleName", ["artist"], []),
    (TOKEN, "name", "x", ""),
    (TOKEN, "expiresInDays", 1, 0),
    (TOKEN, "scopes", ["data:read"], []),
]


def decode(route: str, field: str, value: Any) -> Any:
    """The command of the route's usual body with this one thing in it; the client takes long replies."""
    body = copy.deepcopy(WHOLE[route])
    *way, last = field.split(".")
    place = body
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[last] = value
    return DECODE[route](Request(path=PATH, headers={"accept-encoding": "gzip"}, body=json.dumps(body)))


@pytest.mark.parametrize(
    ("route", "field", "taken", "refused"),
    [*MOST, *LEAST],
    ids=[f"{route}, {field}".replace(_ASSET, "…") for route, field, *_ in [*MOST, *LEAST]],
)
def test_a_limit_is_taken_and_one_beyond_it_is_refused_by_name(
    route: str, field: str, taken: Any, refused: Any
):
    decode(route, field, taken)
    with pytest.raises(Invalid) as wrong:
        decode(route, field, refused)
    assert f"{wrong.value.field}.".startswith(f"{field}.")


def criterion(values: list[str]) -> Any:
    return CRITERION | {"operator": "is_one_of", "value": values}


def test_a_criterion_has_200_texts_at_most():
    decode(RULE, "criteriaAnd", [criterion(texts(200))])
    for values in (texts(201), []):
        with pytest.raises(Invalid) as wrong:
            decode(RULE, "criteriaAnd", [criterion(values)])
        assert wrong.value.field == "criteriaAnd.0.value"


@pytest.mark.parametrize(
    ("route", "field", "taken", "refused"),
    [
        (
            CREATE,
            "files",
            [{"relativeKey": path, "versionId": "x"} for path in texts(50_000)],
            [{"relativeKey": path, "versionId": "x"} for path in texts(50_001)],
        ),
        (
            NEW_ASSET,
            "metadata",
            [ENTRY | {"metadataKey": key} for key in texts(500)],
            [ENTRY | {"metadataKey": key} for key in texts(501)],
        ),
        (
            START,
            "files",
            [{"relativeKey": path, "num_parts": 1} for path in texts(1_000)],
            [{"relativeKey": path, "num_parts": 1} for path in texts(1_001)],
        ),
        (START, "files.0.num_parts", 5_000, 5_001),
        (COMPLETE, "files.0.parts", [PART] * 5_000, [PART] * 5_001),
    ],
    ids=["pins", "metadata", "files of an upload", "parts of an upload", "parts that are sent"],
)
def test_a_request_names_so_many_things_at_most(route: str, field: str, taken: Any, refused: Any):
    decode(route, field, taken)
    with pytest.raises((Invalid, TooLarge), match=field.split(".")[0]):
        decode(route, field, refused)


@pytest.mark.parametrize(
    ("route", "field", "taken", "refused"),
    [
        (START, "files.0.num_parts", 10_000, 10_001),
        (NEW_ASSET, "metadata.0.metadataValue", "x" * 100_000, "x" * 100_001),
    ],
)
def test_what_one_thing_can_never_have_is_said_of_it_not_of_the_whole(
    route: str, field: str, taken: Any, refused: Any
):
    with pytest.raises(TooLarge):
        decode(route, field, taken)
    with pytest.raises(Invalid) as wrong:
        decode(route, field, refused)
    assert wrong.value.field == field


def test_a_rule_has_a_hundred_thousand_bytes_at_most():
    body = json.dumps(WHOLE[RULE])
    for size in (100_000, 100_001):
        request = Request(path=PATH, body=body + " " * (size - len(body)))
        if size == 100_000:
            DECODE[RULE](request)
            continue
        with pytest.raises(TooLarge, match="100,000 bytes"):
            DECODE[RULE](request)


# (route, the field of its page's size, the most)
PAGES = [
    ("GET /database", 1_000),
    ("GET /database/{databaseId}/assets", 1_000),
    (f"GET {_ASSET}/getVersions", 1_000),
    (f"GET {_ASSET}/getVersion/{{assetVersionId}}", 10_000),
    (f"GET {_ASSET}/listFiles", 10_000),
]


@pytest.mark.parametrize(("route", "most"), PAGES, ids=[route for route, _ in PAGES])
def test_a_page_has_one_row_at_least_and_so_many_at_most(route: str, most: int):
    for asked, size in ((1, 1), (most, most), (most + 1, most)):
        assert DECODE[route](Request(path=PATH, query={"pageSize": str(asked)})).page.size == size
    with pytest.raises(Invalid, match="pageSize"):
        DECODE[route](Request(path=PATH, query={"pageSize": "0"}))


def test_what_everybody_may_ask_is_asked_without_a_word():
    for route in ("GET /api/version", "GET /api/amplify-config"):
        assert DECODE[route](Request()) == DescribeService()


def test_access_is_explained_on_an_asset_where_both_its_names_are_given():
    def asked(**query: str) -> ExplainAccess:
        command: ExplainAccess = DECODE["GET /auth/me"](Request(query=query))
        return command

    assert asked().question.ref is None
    assert asked(databaseId="cars", assetId="engine").question.ref == AssetRef("cars", "engine")
    for half in ({"databaseId": "cars"}, {"assetId": "engine"}):
        with pytest.raises(Invalid, match="both or neither"):
            asked(**half)
