"""Every link of every reply leads where it says, asked as the reply was; only a schema is Autodesk's own."""

from typing import Any
from urllib.parse import quote

import pytest
from assetversions.dialects.autodesk_dm import ids
from assetversions.dialects.autodesk_dm.routes import ROUTES
from assetversions.dialects.common.http import Reply

from tests.support import REF, jsonapi
from tests.support.dialect_api import ORIGIN

PROJECT = "/data/v1/projects/b.db1"
DRAWING, PICTURE = b"%PDF-1.4", b"png"
SCHEMAS = "https://developer.api.autodesk.com/schema/v1/"
DELETION = {
    "type": "versions",
    "attributes": {"extension": {"type": "versions:autodesk.core:Deleted"}},
    "relationships": {"item": {"data": {"type": "items", "id": "a1"}}},
}


@pytest.fixture
def drawn(api: Any) -> Any:
    """A drawing with a thumbnail in version 1, a deletion in 2, the drawing again in 3."""
    api.world.files.put(REF, "plans/Drawing.pdf", DRAWING)
    api.world.files.put(REF, "plans/Drawing.pdf.previewFile.png", PICTURE)
    api.world.create()
    assert write(api, "POST", "versions", DELETION).status == 201
    assert copy(api).status == 201
    return api


def write(api: Any, method: str, path: str, data: Any, headers: dict[str, str] | None = None) -> Reply:
    reply: Reply = api.ask(method, f"{PROJECT}/{path}", {"data": data}, headers)
    return reply


def copy(api: Any, headers: dict[str, str] | None = None) -> Reply:
    return write(api, "POST", f"versions?copyFrom={version(api, 1)}", {"type": "versions"}, headers)


def version(api: Any, number: int) -> str:
    return quote(ids.spell_version(api.world.head().uid, number), safe="")


def walk(api: Any, first: set[str]) -> set[str]:
    """All addresses that are found from these on, each of which answers."""
    todo, seen = set(first), set[str]()
    while todo:
        address = todo.pop()
        seen.add(address)
        reply = api.ask("GET", address)
        assert reply.status == 200, (address, reply.body)
        todo |= {link for link in links(reply) if link not in seen}
    return seen


def links(reply: Reply) -> set[str]:
    """Those of a document; the bytes of a file have none."""
    found = set(jsonapi.links(reply.body)) if isinstance(reply.body, dict) else set()
    found |= {reply.headers["Location"]} if "Location" in reply.headers else set()
    return {one for one in found if not one.startswith(SCHEMAS)}


def test_every_link_answers(drawn: Any) -> None:
    seen = walk(drawn, {f"{ORIGIN}{PROJECT}/items/a1/versions?page[number]=1&page[limit]=1"})
    assert all(one.startswith(f"{ORIGIN}/") for one in seen)
    assert {f"{ORIGIN}{PROJECT}/versions/{version(drawn, number)}/refs" for number in (1, 2, 3)} <= seen
    assert len([one for one in seen if "/oss/v2/" in one]) == 4


def test_so_does_every_link_of_what_is_written(drawn: Any) -> None:
    item = ids.spell_item(drawn.world.head().uid)
    name = {"type": "items", "id": item, "attributes": {"displayName": "b.pdf"}}
    replies = [copy(drawn), write(drawn, "PATCH", f"items/{quote(item, safe='')}", name)]
    for reply in [*replies, write(drawn, "POST", "versions", DELETION)]:
        assert reply.status in {200, 201}
        walk(drawn, links(reply))


def test_so_do_the_links_of_a_job_before_and_after_its_end(drawn: Any) -> None:
    begun = copy(drawn, {"prefer": "respond-async"})
    assert begun.status == 202
    walk(drawn, links(begun))
    asset, job = drawn.world.head(), begun.body["data"]["id"].partition(".")[2]
    found = drawn.world.jobs.get(asset.ref, job)
    drawn.world.jobs.run(drawn.world.services(), found, RuntimeError)
    done = drawn.ask("GET", begun.headers["Location"])
    assert done.status == 303
    walk(drawn, {done.headers["Location"]})


def test_the_bytes_are_those_of_the_version(drawn: Any) -> None:
    data = drawn.get(f"{PROJECT}/versions/{version(drawn, 1)}")["data"]
    related = data["relationships"]
    for link in (related["storage"]["meta"]["link"], data["links"]["webView"]):
        assert drawn.ask("GET", link["href"]).body == DRAWING
    picture = drawn.ask("GET", related["thumbnails"]["meta"]["link"]["href"])
    assert (picture.body, picture.headers["Content-Type"]) == (PICTURE, "image/png")


def test_a_thumbnail_has_no_other_address(drawn: Any) -> None:
    href = drawn.get(f"{PROJECT}/versions/{version(drawn, 1)}")["data"]["relationships"]["thumbnails"]
    address = href["meta"]["link"]["href"]
    for wrong in (address.replace(".png", ".gif"), address.replace(".png", ""), f"{address}x"):
        assert drawn.ask("GET", wrong).status == 404
    two = drawn.ask("GET", address.replace("00001.", "00002."))
    assert two.status == 404


def test_the_walk_has_met_every_route_but_those_that_write(drawn: Any) -> None:
    seen = walk(drawn, {f"{ORIGIN}{PROJECT}/items/a1/versions"})
    shapes = {
        one.partition("?")[0]
        .replace(quote(ids.spell_item(drawn.world.head().uid), safe=""), "{item_id}")
        .replace(version(drawn, 1), "{version_id}")
        .replace("/items/a1", "/items/{item_id}")
        for one in seen
    }
    paths = {route.key.partition(" ")[2] for route in ROUTES if route.key.startswith("GET")}
    told = {path.replace("{project_id}", "b.db1") for path in paths}
    unmet = {one for one in told if f"{ORIGIN}{one}" not in shapes}
    assert unmet == {
        f"{PROJECT}/jobs/{{job_id}}",  # a 202 leads there
        f"{PROJECT}/versions/{{version_id}}/item",  # nothing leads there
        f"{PROJECT}/versions/{{version_id}}/downloads",
        "/projects/b.db1/versions/{version_id}/relationships/links",
    }
