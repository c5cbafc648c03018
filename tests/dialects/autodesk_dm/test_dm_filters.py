"""Filters with operators: a page shows the versions whose attributes compare so."""

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


def test_a_page_of_which_nothing_is_shown_leads_on_all_the_same(api: Any, listed: Any):
    page = api.get(f"{VERSIONS}?page[limit]=1&filter[versionNumber]-eq=1")
    assert page["data"] == []
    assert [one["attributes"]["versionNumber"] for one in api.get(page["links"]["next"]["href"])["data"]] == [
        1
    ]
