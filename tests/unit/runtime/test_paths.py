"""The route that a text means: by its key, or by a path as called; a literal step before a parameter."""

import re
from unittest.mock import patch

import pytest
from assetversions import operations
from assetversions.dialects import ROUTES
from assetversions.dialects.common.route import Route
from assetversions.domain.errors import NotFound
from assetversions.runtime import paths

FILLED = {re.sub(r"\{\w+\+?\}", "some", route.key): route.key for route in ROUTES}


@pytest.mark.parametrize("key", sorted({route.key for route in ROUTES}))
def test_a_route_is_found_by_its_key(key: str):
    found, parameters = paths.find(key)
    assert (found.key, parameters) == (key, {})


@pytest.mark.parametrize("called", sorted(FILLED))
def test_a_route_is_found_by_a_path_with_what_that_names(called: str):
    found, parameters = paths.find(called)
    assert found.key == FILLED[called]
    assert set(parameters) == set(re.findall(r"\{(\w+)\+?\}", found.key))
    assert set(parameters.values()) <= {"some"}


def test_a_literal_step_comes_before_a_parameter_wherever_they_stand_in_the_list():
    """As API Gateway prefers it."""

    def route(key: str) -> Route:
        return Route(key, "get_asset", NotFound, NotFound, NotFound)  # type: ignore[arg-type]

    routes = [route("GET /a/{b}/{c}"), route("GET /a/{b}"), route("GET /a/own"), route("GET /a/{b}/own")]
    paths._patterns.cache_clear()
    with patch.object(paths, "ROUTES", routes):
        for called, key in (
            ("GET /a/own", "GET /a/own"),
            ("GET /a/x", "GET /a/{b}"),
            ("GET /a/x/own", "GET /a/{b}/own"),
            ("GET /a/x/y", "GET /a/{b}/{c}"),
        ):
            assert paths.find(called)[0].key == key
    paths._patterns.cache_clear()


@pytest.mark.parametrize(
    "text", ["", "GET", "GET /nowhere", "POST /version", "GET /version/", "get /version"]
)
def test_what_no_route_has_is_not_found(text: str):
    with pytest.raises(NotFound, match="route"):
        paths.find(text)


def test_what_is_asked_for_by_get_changes_nothing_and_all_else_does_but_for_a_few():
    """What writes is refused to credentials that may only read, and is kept in the audit."""
    asked: dict[str, set[str]] = {}
    for route in ROUTES:
        asked.setdefault(route.operation, set()).add(route.key.split()[0])
    reading = {name for name in asked if not operations.find(name).writes}
    # The vendor's own route for it is a GET.
    begins_an_upload = {"request_upload"}
    by_get = {name for name, methods in asked.items() if methods <= {"GET", "HEAD"}} - begins_an_upload
    assert reading == by_get | {
        "check_subscription",
        "describe_session",
        "download_file",
        "export_asset",
        "list_allowed_routes",
        "resolve_variables",
    }


def test_the_rest_of_a_path_keeps_its_slashes_and_another_parameter_can_not_pass_for_a_step():
    found, parameters = paths.find("HEAD /database/db1/assets/a1/download/stream/in/a.png")
    assert parameters["proxy"] == "in/a.png"
    seen = paths.facts(found, parameters | {"assetId": "a/1"})
    assert seen["route"][0] == "/database/db1/assets/a%2F1/download/stream/in/a.png"
    assert seen["method"] == "GET"


@pytest.mark.parametrize("base", ["", "/base"])
def test_what_stands_before_a_path_is_told_from_the_rest_of_it(base: str):
    event = {
        "routeKey": "GET /database/{databaseId}/assets/{assetId}/download/stream/{proxy+}",
        "rawPath": f"{base}/database/db1/assets/a1/download/stream/in/a%2520b.png",
        "pathParameters": {"databaseId": "db1", "assetId": "a1", "proxy": "in/a b.png"},
    }
    assert paths.prefix(event) == base
