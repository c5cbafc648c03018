"""What the API says of itself: the right page for each address, and nothing for who has it already."""

import re
from pathlib import Path

import pytest
from assetversions.dialects.common.http import Request
from assetversions.dialects.vams.routes_pages import ROUTES
from assetversions.domain.errors import NotFound
from assetversions.domain.results.pages import Page

ROUTE = {route.key: route for route in ROUTES}
PAGE = Path(__file__).parents[3] / "functions/documents/page"
DOCUMENT = Page("openapi/all.json", '{"info": {}}')


@pytest.mark.parametrize(
    ("key", "named", "path"),
    [
        ("GET /openapi.json", {}, "openapi/all.json"),
        ("GET /asyncapi.json", {}, "openapi/asyncapi.json"),
        ("GET /openapi/{document}", {"document": "autodesk_dm.json"}, "openapi/autodesk_dm.json"),
        ("GET /docs", {}, "docs/index.html"),
        ("GET /docs/{file}", {"file": "swagger-ui.css"}, "docs/swagger-ui.css"),
    ],
)
def test_an_address_leads_to_its_page(key: str, named: dict[str, str], path: str) -> None:
    assert ROUTE[key].command(Request(named)).path == path


@pytest.mark.parametrize(
    "name", ["../handler.py", "handler.py", "..", "", "a/b.json", "A.json", "index.html"]
)
def test_nothing_else_is_shown(name: str) -> None:
    for key, parameter in (("GET /openapi/{document}", "document"), ("GET /docs/{file}", "file")):
        with pytest.raises(NotFound):
            ROUTE[key].command(Request({parameter: name}))


def test_who_has_a_document_is_told_so() -> None:
    show = ROUTE["GET /openapi.json"].encode
    first = show(DOCUMENT, Request())
    again = show(DOCUMENT, Request(headers={"if-none-match": f'"old", {first.headers["ETag"]}'}))
    other = show(
        Page(DOCUMENT.path, '{"info": 1}'), Request(headers={"if-none-match": first.headers["ETag"]})
    )
    assert (first.status, again.status, again.body, other.status) == (200, 304, None, 200)


def test_the_page_runs_nothing_but_what_is_served_beside_it() -> None:
    page = (PAGE / "index.html").read_text()
    reply = ROUTE["GET /docs"].encode(Page("docs/index.html", page), Request())
    policy = dict(part.strip().split(" ", 1) for part in reply.headers["Content-Security-Policy"].split(";"))
    assert (policy["default-src"], policy["script-src"], policy["connect-src"]) == (
        "'none'",
        "'self'",
        "'self'",
    )
    assert re.findall(r"<script(?! src=\"docs/[a-z-]+\.js\"></script>)", page) == []
    assert not re.search(r"https?://|//[a-z]", page + (PAGE / "page.css").read_text())
