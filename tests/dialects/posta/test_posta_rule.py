"""The rule: what Posta documents is honoured or refused, never ignored; its links lead where they say."""

from typing import Any

import pytest
from assetversions.engine import budget

from tests.dialects.posta.facts import (
    FIELDS,
    HTML,
    PARAMETERS,
    READ_ONLY,
    REFUSED,
    REFUSED_FIELDS,
    Field,
    Parameter,
)
from tests.support import REF, World
from tests.support.dialect_api import ORIGIN
from tests.support.posta_api import VERSIONS, Posta


@pytest.fixture
def posta() -> Posta:
    return Posta(World())


@pytest.mark.parametrize("one", PARAMETERS, ids=lambda one: f"{one.name}={one.value}")
def test_a_parameter_is_honoured_or_refused(posta: Posta, one: Parameter) -> None:
    first, second, _ = (posta.create(notes=notes, content=HTML) for notes in "123")
    for done in (f"{first}/archive", f"{second}/publish"):
        assert posta.send("POST", done).status == 202
    reply = posta.send("GET", f"{VERSIONS}?{one.name}={one.value}")
    if one.seen == REFUSED:
        assert (reply.status, list(reply.body["errors"])) == (400, [one.name])
    else:
        assert [item["notes"] for item in reply.body["items"]] == one.seen


def test_the_next_token_leads_to_the_page_behind(posta: Posta) -> None:
    for notes in "12":
        posta.create(notes=notes)
    token = posta.get(f"{VERSIONS}?pageSize=1")["nextToken"]
    page = posta.get(f"{VERSIONS}?pageSize=1&nextToken={token}")
    assert ([item["notes"] for item in page["items"]], "nextToken" in page) == (["1"], False)


@pytest.mark.parametrize("field", FIELDS, ids=lambda one: str(one.body)[:70])
def test_a_field_is_kept_whether_it_makes_or_changes_a_draft(posta: Posta, field: Field) -> None:
    for url in (posta.create(**field.body), changed(posta, field.body)):
        shown = posta.get(url)
        assert {name: shown[name] for name in field.shown} == field.shown


def changed(posta: Posta, body: Any) -> str:
    url = posta.create(notes="as it was")
    assert posta.send("PUT", url, body).status == 202
    return url


@pytest.mark.parametrize(("body", "status", "where"), REFUSED_FIELDS, ids=lambda one: str(one)[:40])
def test_what_is_not_done_is_refused_by_its_path(posta: Posta, body: Any, status: int, where: str) -> None:
    url = posta.create(notes="as it was", content=HTML)
    before = posta.get(url)
    for reply in (posta.send("POST", VERSIONS, body), posta.send("PUT", url, body)):
        assert (reply.status, list(reply.body["errors"])) == (status, [where])
    assert (posta.get(url), len(posta.get()["items"])) == (before, 1)


@pytest.mark.parametrize("name", READ_ONLY)
def test_what_a_reply_alone_has_may_come_back_and_stays_as_it_is(posta: Posta, name: str) -> None:
    url = posta.create(notes="first", content=HTML)
    before = posta.get(url)
    assert posta.send("PUT", url, before | {name: READ_ONLY[name], "notes": "second"}).status == 202
    after = posta.get(url)
    assert after == before | {"notes": "second", "modifiedAt": after["modifiedAt"]}


def test_the_fields_of_a_clone_and_of_a_resolve_are_honoured(posta: Posta) -> None:
    required = [{"name": "a", "behavior": "required"}]
    url = posta.create(content=HTML, variableDefinitions=required)
    clone = posta.send("POST", f"{url}/clone", {"notes": "again", "publish": True}).body
    assert (clone["notes"], clone["status"]) == ("again", "published")
    resolve = f"{url}/variables/resolve"
    assert posta.send("POST", resolve, {"variables": []}).status == 422
    assert posta.send("POST", resolve, {"variables": [], "validationScope": "none"}).status == 200
    given = [{"name": "a", "value": "x"}]
    assert posta.send("POST", resolve, {"variables": given}).body == {"variables": given}


@pytest.mark.parametrize("body", [{"notes": "late"}, {"content": HTML}, {"variableDefinitions": []}])
@pytest.mark.parametrize("step", ["publish", "archive", "delete"])
def test_what_has_left_draft_takes_no_edit(posta: Posta, step: str, body: Any) -> None:
    url = posta.create(content=HTML)
    left = ("DELETE", url) if step == "delete" else ("POST", f"{url}/{step}")
    assert posta.send(*left).status == 202
    before = posta.get(url)
    assert posta.send("PUT", url, body).status == 409
    assert posta.get(url) == before


def test_a_deleted_version_is_shown_as_such_and_in_no_list(posta: Posta) -> None:
    url = posta.create(content=HTML)
    assert posta.send("DELETE", url).status == 202
    assert posta.get(url)["status"] == "deleted"
    assert posta.get(f"{VERSIONS}?includeArchived=true")["items"] == []


def test_the_location_of_a_job_leads_to_it_and_its_version_is_the_one_that_it_makes(
    posta: Posta, monkeypatch: pytest.MonkeyPatch
) -> None:
    posta.world.put(page_html="<p>")
    with monkeypatch.context() as short:
        short.setattr(budget, "REQUEST_SECONDS", 0)
        reply = posta.send("POST", VERSIONS, {"notes": "large"})
    assert reply.status == 202
    url = ORIGIN + reply.headers["Location"]
    job = posta.get(url)
    assert (job["status"], url.endswith(f"/jobs/{job['id']}")) == ("pending", True)
    record = posta.world.jobs.get(REF, job["id"])
    assert record is not None
    posta.world.jobs.run(posta.world.services(), record, KeyboardInterrupt)
    done = posta.get(url)
    assert posta.get(f"{VERSIONS}/{done['versionId']}")["notes"] == "large"


def test_the_links_lead_where_they_say(posta: Posta) -> None:
    reply = posta.send("POST", VERSIONS, {"content": HTML})
    url = ORIGIN + reply.headers["Location"]
    assert posta.get(url)["id"] == reply.body["id"]
    assert posta.send("POST", f"{url}/publish").status == 202
    (link,) = {posta.get(url)["contentUrl"], posta.get()["items"][0]["contentUrl"]}
    assert "/content.html?" in link


def test_an_address_of_the_content_is_told_from_publishing_on_and_never_of_a_draft(posta: Posta) -> None:
    draft, first, second = (posta.create(notes=notes, content=HTML) for notes in "123")
    for done in (f"{draft}/archive", f"{first}/publish", f"{second}/publish"):
        assert posta.send("POST", done).status == 202
    shown = [posta.get(url) for url in (draft, first, second)]
    states = [(one["status"], "contentUrl" in one) for one in shown]
    assert states == [("archived", False), ("archived", True), ("published", True)]
    assert posta.send("DELETE", first).status == 202
    assert "contentUrl" not in posta.get(first)
