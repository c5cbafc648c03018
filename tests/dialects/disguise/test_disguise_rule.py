"""The rule: what Disguise documents is honoured or refused, never ignored; its links lead where they say."""

from urllib.parse import quote

import pytest
from assetversions.domain.model import AssetRef

from tests.dialects.disguise.facts import FACTS, PAGE_LINKS, REFUSED, Fact
from tests.support import REF, UID, World
from tests.support.disguise_api import CONTENT_URL, CONTENTS, VERSIONS, Drive

URLS = {
    "versions": VERSIONS,
    "contents": CONTENTS,
    "content": CONTENT_URL,
    "request-upload": f"{CONTENT_URL}/request-upload",
    "version of": f"{CONTENT_URL}/version",
}


@pytest.fixture
def drive() -> Drive:
    drive = Drive(World())
    for text in ("one", "two", "three"):
        drive.world.put(a_txt=text)
        drive.world.create()
    drive.world.add_asset(AssetRef(REF.database_id, "b"), UID + 1)
    return drive


@pytest.mark.parametrize(
    "fact", FACTS, ids=lambda one: f"{one.method} {one.route} {one.name} {one.value}"[:60]
)
def test_what_is_documented_is_honoured_or_refused(drive: Drive, fact: Fact) -> None:
    url = URLS.get(fact.route) or drive.url(1)
    shown = url if fact.route in {"versions", "version", "contents", "content"} else CONTENT_URL
    plain = drive.ok("GET", shown)
    if fact.method == "GET":
        asked = drive.send("GET", f"{url}?{fact.name}={quote(str(fact.value))}")
    else:
        asked = drive.send(fact.method, url, {fact.name: fact.value})
    if fact.seen == REFUSED:
        assert (asked.status, list(asked.body["error"]["details"])) == (422, [fact.name])
        assert drive.ok("GET", shown) == plain
        return
    assert asked.status == 200, asked.body
    if callable(fact.seen):
        assert fact.seen(asked.body), asked.body
        assert not fact.seen(plain), "without it, it would be the same"
    else:
        assert asked.body == plain


@pytest.mark.parametrize("name", PAGE_LINKS)
def test_a_link_leads_to_the_page_that_it_names(drive: Drive, name: str) -> None:
    middle = drive.ok("GET", f"{VERSIONS}?per_page=1&page=2")
    page = {"first": 1, "prev": 1, "next": 3, "last": 3}[name]
    led = drive.ok("GET", middle["links"][name])
    assert (led["meta"]["current_page"], [one["version_number"] for one in led["data"]]) == (page, [page])
    assert led["meta"]["per_page"] == 1


def test_each_page_that_is_offered_is_the_one_of_its_label(drive: Drive) -> None:
    offered = drive.ok("GET", f"{VERSIONS}?per_page=1&page=2")["meta"]["links"][1:-1]
    led = [drive.ok("GET", one["url"])["meta"]["current_page"] for one in offered]
    assert [str(page) for page in led] == [one["label"] for one in offered] == ["1", "2", "3"]


def test_the_path_of_a_page_leads_to_the_list(drive: Drive) -> None:
    page = drive.ok("GET")
    assert drive.ok("GET", page["meta"]["path"]) == page
