"""What no route matches: doubled slashes lead on to the path that is meant, on the same host."""

import pytest
from assetversions.runtime.fallback import handler


@pytest.mark.parametrize(
    ("path", "query", "location"),
    [
        ("//data/v1/projects/p", "", "/data/v1/projects/p"),
        ("/data//v1///x", "page%5Bnumber%5D=1", "/data/v1/x?page%5Bnumber%5D=1"),
        ("//example.com/x", "", "/example.com/x"),
        ("//a/urn%3Ax%3Fversion%3D2", "", "/a/urn%3Ax%3Fversion%3D2"),
        ("//a/größe?version=2", "", "/a/gr%C3%B6%C3%9Fe%3Fversion%3D2"),
    ],
)
def test_doubled_slashes_lead_on_to_the_same_path_with_single_ones(path: str, query: str, location: str):
    reply = handler({"rawPath": path, "rawQueryString": query}, None)
    assert (reply["statusCode"], reply["headers"]["Location"]) == (308, location)


def test_any_other_path_is_not_found():
    reply = handler({"rawPath": "/nothing/here", "rawQueryString": "a=//"}, None)
    assert (reply["statusCode"], reply["body"]) == (404, '{"message": "Not Found"}')


def test_a_base_path_stays_before_the_path_that_is_meant():
    reply = handler({"rawPath": "/store/v1//data/v1/projects/p", "rawQueryString": ""}, None)
    assert reply["headers"]["Location"] == "/store/v1/data/v1/projects/p"


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("OPTIONS", {"origin": "https://a.example", "access-control-request-method": "PUT"}, 204),
        ("OPTIONS", {}, 404),
        ("GET", {"access-control-request-method": "PUT"}, 404),
    ],
)
def test_a_browser_that_asks_first_is_left_to_api_gateway(method: str, headers: dict[str, str], status: int):
    context = {"http": {"method": method}}
    reply = handler({"rawPath": "/database", "headers": headers, "requestContext": context}, None)
    assert reply["statusCode"] == status
