"""Every link in every reply leads to where clients find the API, whatever stands before its routes."""

import os
import re
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from assetversions.dialects import ROUTES
from assetversions.runtime import paths
from assetversions.runtime.executions import Executions
from msgspec.structs import replace

from tests.support.aws import Calls
from tests.support.lambda_client import Answer, Client
from tests.support.routes import ADMIN, ASSET, PLACE, names_in_paths, path_of

HERE = "https://api.example.com"
BEGINNINGS = {"/".join(route.key.split(" ")[1].split("/")[:3]).split("{")[0] for route in ROUTES}
LINK = re.compile(rf"https?://[^/]*/.*|(/store(/v1)?)?({'|'.join(sorted(BEGINNINGS, reverse=True))}).*")
METADATA = [
    {"metadataKey": name, "metadataValue": "1", "metadataValueType": "number"}
    for name in ("weight", "height")
]
ONE_A_PAGE = {"v1": {"per_page": "1"}, "data": {"page[limit]": "1"}}
JOB = {"prefer": "respond-async"}


@pytest.fixture(autouse=True)
def asset(calls: Calls, s3: Any) -> None:
    """An asset with properties and three versions, so that every list has a next page."""
    ADMIN("POST", "/database", {"databaseId": "db1", "description": "a database"})
    facts = {"assetName": "A", "description": "an asset", "metadata": METADATA}
    assert ADMIN("POST", "/assets", PLACE | facts).status == 200
    s3.put_object(Bucket="assets", Key="db1/a1/a.txt", Body=b"text")
    for _ in range(3):
        assert ADMIN("POST", f"{ASSET}/createVersion").status == 200


def texts(value: Any) -> Iterator[str]:
    """Every string in a reply."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)


def links(answer: Answer) -> set[str]:
    """Those to this API: a file's bytes are at S3, and the names of schemas are the vendor's."""
    found = {text for text in (*texts(answer.body), *answer.headers.values()) if LINK.match(text)}
    return {link for link in found if not re.match(r"https://([^/]+\.amazonaws\.com|[^/]+/schema)/", link)}


def swept(client: Client) -> dict[str, set[str]]:
    """The links in what every reading route answers, and every one that makes something."""
    names = names_in_paths()
    found: dict[str, set[str]] = {}
    for route in ROUTES:
        method, path = route.key.split(" ")[0], path_of(route.key, names)
        if method == "GET" or route.key.startswith("POST /assets/{assetId}/versions"):
            dialect = route.key.split(" ")[1].split("/")[1]
            query = {} if method == "POST" else ONE_A_PAGE.get(dialect, {"limit": "1"})
            answer = client(method, path, None if method == "GET" else {}, query=query)
            found.setdefault(dialect, set()).update(links(answer))
    restored = client(
        "POST",
        "/data/v1/projects/db1/versions",
        {"data": {"type": "versions"}},
        query={"copyFrom": names["data"]},
    )
    found["data"] |= links(restored)
    return found


@pytest.mark.parametrize("base", ["", "/store", "/store/v1"])
def test_links_begin_with_what_stands_before_the_routes(base: str):
    for dialect, found in swept(replace(ADMIN, base=base)).items():
        begun = {link for link in found if f"{link}/".startswith((f"{HERE}{base}/", f"{base}/"))}
        assert found == begun
        doubled = {link for link in found if link.removeprefix(HERE).startswith(f"{base}{base}/") and base}
        assert not doubled
        assert found or dialect not in {"data", "v1", "AutodeskDM", "assets"}, dialect


def test_links_begin_with_the_domain_of_the_stage():
    address = "https://assets.example.com/store/v1"
    with patch.dict(os.environ, {"API_URL": address}):
        for found in swept(ADMIN).values():
            assert {
                link for link in found if not f"{link}/".startswith((f"{address}/", "/store/v1/"))
            } == set()


def test_a_job_is_found_from_wherever_it_was_asked_for():
    with patch.object(Executions, "start", lambda *_: None):
        answer = replace(ADMIN, base="/store")("POST", f"{ASSET}/assetversions/1/verify", headers=JOB)
    assert (answer.status, answer.headers["Location"].startswith(f"{HERE}/store{ASSET}/")) == (202, True)


@pytest.mark.parametrize(
    ("raw", "item", "prefix"),
    [
        ("/data/v1/projects/p/items/a", "a", ""),
        ("/store/v1/data/v1/projects/p/items/a", "a", "/store/v1"),
        ("/data/data/v1/projects/p/items/a", "a", "/data"),
        ("/store/data/v1/projects/p/items/a%2Fb", "a/b", "/store"),
        ("/store/data/v1/projects/p/items/a/b", "a/b", "/store"),
        # A `?` that was escaped cuts the path, or the parameter alone.
        ("/store/data/v1/projects/p/items/a", "a?version=2", "/store"),
        ("/store/data/v1/projects/p/items/a?version=2", "a", "/store"),
    ],
)
def test_what_stands_before_the_routes_is_told_from_the_path(raw: str, item: str, prefix: str):
    key = "GET /data/v1/projects/{project_id}/items/{item_id}"
    parameters = {"project_id": "p", "item_id": item}
    assert paths.prefix({"routeKey": key, "rawPath": raw, "pathParameters": parameters}) == prefix
