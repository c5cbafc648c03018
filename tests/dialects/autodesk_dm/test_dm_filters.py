"""Filters with operators: a page shows the versions whose attributes compare so."""

import time
from typing import Any

import pytest

from tests.support import REF

VERSIONS = "/data/v1/projects/db1/items/a1/versions"


@pytest.fixture
def listed(api: Any) -> Any:
    """Two versions, the second of a larger file, made on 15 March 2026 by test; and who asks for some."""
    for size in (5, 40):
        api.world.files.put(REF, "plans/Drawing.pdf", b"x" * size)
        api.world.create()

    def ask(name: str, value: str) -> list[int]:
        page = api.get(f"{VERSIONS}?{name}={value}")
        return [one["attributes"]["versionNumber"] for one in page["data"]]

    return ask


@pytest.mark.parametrize(
    ("name", "value", "seen"),
    [
        ("filter[name]", "Drawing.pdf", [2, 1]),
        ("filter[name]", "drawing.pdf", []),
        ("filter[name]-eq", "x,Drawing.pdf", [2, 1]),
        ("filter[name]-starts", "Draw", [2, 1]),
        ("filter[name]-starts", "draw", []),
        ("filter[name]-ends", ".pdf", [2, 1]),
        ("filter[name]-contains", "wing", [2, 1]),
        ("filter[name]-lt", "E", [2, 1]),
        ("filter[name]-gt", "E", []),
        ("filter[name]-le", "Drawing.pdf", [2, 1]),
        ("filter[name]-ge", "Drawing.pdg", []),
        ("filter[storageSize]-gt", "9", [2]),
        ("filter[storageSize]-lt", "40", [1]),
        ("filter[versionNumber]-ge", "2", [2]),
        ("filter[versionNumber]-starts", "1", [1]),
        ("filter[versionNumber]-eq", "1", [1]),
        ("filter[extension.type]-starts", "versions:", [2, 1]),
        ("filter[extension.data.storageType]", "OSS", [2, 1]),
        ("filter[extension.data.originalName]-ge", "A", []),
        ("filter[createTime]-gt", "2000", [2, 1]),
        ("filter[createTime]-gt", "2000-01-01T00:00:00Z", [2, 1]),
        ("filter[createTime]-lt", "2000-02", []),
        ("filter[createTime]-lt", "2000-02-03T04:05", []),
        ("filter[lastModifiedTime]-starts", "1999", []),
    ],
)
def test_what_compares_is_shown(listed: Any, name: str, value: str, seen: list[int]):
    assert listed(name, value) == seen


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("filter[name]-like", "x"),
        ("filter[size]", "1"),
        ("filter[hidden]", "true"),
        ("filter[attributes.name]", "x"),
        ("filter[name]-starts", ","),
        ("filter[createTime]-lt", "now"),
        ("filter[createTime]-lt", "20"),
        ("filter[createTime]-lt", "2026-13"),
        *(("filter[createTime]-ge", cut) for cut in ("2026-1", "2026-", "2026-03-1", "2026-03-05T1")),
        ("filter[storageSize]-lt", "many"),
        ("filter[storageSize]-lt", "9" * 30),
        ("filter[name]-", "x"),
    ],
)
def test_a_filter_that_can_t_be_heeded_is_refused_by_its_name(api: Any, name: str, value: str):
    reply = api.ask("GET", f"{VERSIONS}?{name}={value}")
    assert reply.status == 400
    assert reply.body["errors"][0]["detail"].startswith(f"{name}: ")


def test_a_time_without_a_zone_is_in_utc_wherever_the_machine_is(
    api: Any, listed: Any, monkeypatch: pytest.MonkeyPatch
):
    made = api.get(VERSIONS)["data"][1]["attributes"]["createTime"].removesuffix("Z")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert listed("filter[createTime]-eq", made) == [2, 1]
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_page_of_which_nothing_is_shown_leads_on_all_the_same(api: Any, listed: Any):
    page = api.get(f"{VERSIONS}?page[limit]=1&filter[versionNumber]-eq=1")
    assert page["data"] == []
    assert [one["attributes"]["versionNumber"] for one in api.get(page["links"]["next"]["href"])["data"]] == [
        1
    ]


def test_what_hides_an_item_is_found_by_its_type(api: Any, listed: Any):
    own = {"data": {"type": "items", "id": "a1"}}
    kind = {"extension": {"type": "versions:autodesk.core:Deleted"}}
    deletion = {"data": {"type": "versions", "attributes": kind, "relationships": {"item": own}}}
    assert api.ask("POST", "/data/v1/projects/db1/versions", deletion).status == 201
    file, hidden = "versions:autodesk.bim360:File", "versions:autodesk.core:Deleted"
    for kinds, seen in ((hidden, [3]), (file, [2, 1]), (f"{hidden},{file}", [3, 2, 1]), ("x", [])):
        assert listed("filter[extension.type]", kinds) == seen
