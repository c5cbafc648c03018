"""What no route matches: doubled slashes lead on to the path that is meant, and each answer is logged."""

import json
from typing import Any

import pytest
from assetversions.runtime.fallback import handler


def call(path: str, query: str = "", method: str = "GET", headers: dict[str, str] | None = None) -> Any:
    context = {"requestId": "request", "http": {"method": method}}
    event = {"routeKey": "$default", "rawPath": path, "rawQueryString": query, "headers": headers or {}}
    return handler(event | {"requestContext": context}, None)


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
    reply = call(path, query)
    assert (reply["statusCode"], reply["headers"]["Location"]) == (308, location)


def test_any_other_path_is_not_found():
    reply = call("/nothing/here", "a=//")
    assert (reply["statusCode"], reply["body"]) == (404, '{"message": "Not Found"}')


@pytest.mark.parametrize("base", ["", "/store/v1"])
@pytest.mark.parametrize("path", ["", "/vaults/db1/files/5", "/nothing"])
def test_below_vaults_paths_any_other_is_not_found_in_vaults_words(
    base: str, path: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("API_URL", f"https://a.example{base}")
    path = f"/AutodeskDM/Services/api/vault/v2{path}"
    reply = call(f"{base}{path}", method="PUT")
    assert (reply["statusCode"], reply["headers"]["Content-Type"]) == (404, "application/json")
    assert json.loads(reply["body"]) == {
        "title": "Not Found",
        "detail": f"No route 'PUT {path}'. docs/api/autodesk_vault.md has those that there are.",
        "statusCode": 404,
        "errorCode": "not_found",
    }


@pytest.mark.parametrize(
    ("path", "words", "page"),
    [
        ("/data/v1/projects/p/storage", ("errors", 0, "detail"), "autodesk_dm"),
        ("/project/v1/hubs", ("errors", 0, "detail"), "autodesk_dm"),
        ("/oss/v2/buckets", ("reason",), "autodesk_dm"),
        ("/v1/drives", ("error", "message"), "disguise"),
        ("/v1/drives/d/content/c/locks", ("error", "details"), "disguise"),
        ("/posta/templates", ("detail",), "posta"),
        ("/assets/ast_1/versions/astv_1/render", ("detail",), "posta"),
    ],
)
def test_so_it_is_in_the_words_of_each_vendor(path: str, words: tuple[str | int, ...], page: str):
    reply = call(path, method="POST")
    said = json.loads(reply["body"])
    for step in words:
        said = said[step]
    assert reply["statusCode"] == 404
    assert said == f"No route 'POST {path}'. docs/api/{page}.md has those that there are."


def test_a_base_path_stays_before_the_path_that_is_meant():
    reply = call("/store/v1//data/v1/projects/p")
    assert reply["headers"]["Location"] == "/store/v1/data/v1/projects/p"


@pytest.mark.parametrize(
    ("address", "path", "location"),
    [
        ("https://a.example/v1", "/database//workshop", "https://a.example/v1/database/workshop"),
        ("https://a.example/v1", "//database/workshop", "https://a.example/v1/database/workshop"),
        ("https://a.example/v1", "//v1/database", "https://a.example/v1/database"),
        ("https://a.example/v1", "/v1x//database", "https://a.example/v1/v1x/database"),
        ("https://a.example/store/v1", "/store/v1//database", "https://a.example/store/v1/database"),
        ("https://a.example", "/database//workshop", "https://a.example/database/workshop"),
    ],
)
def test_the_address_of_the_stage_stands_before_a_path_with_and_without_its_base_path(
    address: str, path: str, location: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("API_URL", address)
    assert call(path)["headers"]["Location"] == location


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("OPTIONS", {"origin": "https://a.example", "access-control-request-method": "PUT"}, 204),
        ("OPTIONS", {}, 404),
        ("GET", {"access-control-request-method": "PUT"}, 404),
    ],
)
def test_a_browser_that_asks_first_is_left_to_api_gateway(method: str, headers: dict[str, str], status: int):
    assert call("/database", method=method, headers=headers)["statusCode"] == status


@pytest.mark.parametrize(
    ("path", "method", "status", "error"),
    [
        ("/nothing", "GET", 404, "not_found"),
        ("//database", "GET", 308, None),
        ("/database", "OPTIONS", 204, None),
    ],
)
def test_each_answer_leaves_one_line(
    path: str, method: str, status: int, error: str | None, capsys: pytest.CaptureFixture[str]
):
    call(path, method=method, headers={"access-control-request-method": "PUT"})
    [line] = map(json.loads, capsys.readouterr().out.splitlines())
    assert 0 <= line.pop("duration_ms") < 60_000
    assert line.pop("error", None) == error
    assert line == {
        "level": "INFO",
        "message": "Answered",
        "request_id": "request",
        "route": "$default",
        "operation": "fallback",
        "status": status,
    }


def test_who_came_by_another_api_is_led_on_there(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("API_URL", "https://a.example/v1")
    event = {"routeKey": "$default", "rawPath": "/v1/tokens//database", "headers": {}}
    context = {"requestId": "request", "http": {"method": "GET"}}
    variables = {"signIn": "https://a.example/v1", "address": "https://a.example/v1/tokens"}
    reply = handler(event | {"requestContext": context, "stageVariables": variables}, None)
    assert reply["headers"]["Location"] == "https://a.example/v1/tokens/database"
