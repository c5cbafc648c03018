"""No route takes `If-Match` and does not look at it: a write holds to it, or says that it can't."""

from typing import Any

import pytest
from assetversions.dialects import ROUTES
from assetversions.dialects.common.route import Route, reads

from tests.support import routes
from tests.support.aws import Calls

# Nothing is there yet that could match.
CREATED = {"POST /database", "POST /assets"}
# These are about no revision of an asset: about a database, access, a job, what may be read.
REFUSED = {
    "PUT /database/{databaseId}",
    "DELETE /database/{databaseId}",
    "POST /database/{databaseId}/metadata",
    "PUT /database/{databaseId}/metadata",
    "DELETE /database/{databaseId}/metadata",
    "POST /uploads/{uploadId}/links",
    "POST /auth/loginProfile/{userId}",
    "POST /auth/routes",
    "POST /check-subscription",
    "POST /subscriptions",
    "PUT /subscriptions",
    "DELETE /subscriptions",
    "DELETE /unsubscribe",
    "POST /unsubscribe",
    f"DELETE {routes.ASSET_PATH}/operations/{{operationId}}",
    f"POST {routes.ASSET_PATH}/download",
    f"POST {routes.ASSET_PATH}/reconcile",
    "POST /database/{databaseId}/adopt",
    "POST /assets/{assetId}/versions/{versionId}/variables/resolve",
    f"POST {routes.ASSET_PATH}/assetversions/{{assetVersionId}}/verify",
    f"POST {routes.ASSET_PATH}/assetversions/{{assetVersionId}}/zip",
    f"POST {routes.ASSET_PATH}/export",
}
ACCESS = ("/auth/constraints", "/roles", "/user-roles", "/api-tokens", "/auth/api-keys", "/webhooks")
BESIDE = ("/tags", "/tag-types", "/comments", "/asset-links")


@pytest.fixture
def _asset(calls: Calls, s3: Any) -> None:
    routes.make_asset(s3)


def wanted(route: Route) -> int:
    path = route.key.split(" ")[1]
    return 400 if route.key in REFUSED or path.startswith(ACCESS + BESIDE) else 409


@pytest.mark.usefixtures("_asset")
def test_every_write_holds_to_a_condition_or_refuses_it():
    upload = routes.UPLOAD | {"files": [{"relativeKey": "b.txt", "file_size": 0}]}
    begun = {
        "uploadId": routes.ADMIN("POST", "/uploads", upload).body["uploadId"],
        "operationId": "01900000-0000-7000-8000-000000000000",
    }
    names = routes.names_in_paths() | begun
    writes = [route for route in ROUTES if not reads(route.key)]
    assert len(writes) > 40
    before, answers = routes.ADMIN("GET", routes.ASSET), {}
    for route in writes:
        method, path = route.key.split(" ")[0], routes.path_of(route.key, names)
        query = routes.query_of(route.key, names)
        query |= {} if routes.refuses_unknown(route.key) else {"ticket": "t"}
        body = routes.body_of(route.key, "admin")
        answers[route.key] = routes.ADMIN(method, path, body, query=query, headers={"if-match": '"999"'})
    assert {key: answer.status for key, answer in answers.items()} == {
        route.key: wanted(route) for route in writes
    }
    refused = [answer for answer in answers.values() if answer.status == 400]
    assert all("If-Match" in str(answer.body) for answer in refused)
    assert all("If-Match" in str(answers[key].body) for key in CREATED)
    assert routes.ADMIN("GET", routes.ASSET) == before
