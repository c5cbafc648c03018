"""A content is fetched by its address where the stage lets it, and becomes the version's own."""

from typing import Any

import pytest
from assetversions.dialects.common.http import Reply
from assetversions.domain.ports.imports import Fetched

from tests.dialects.posta.facts import HTML
from tests.support import REF, World
from tests.support.posta_api import VERSIONS, Posta

URL = "https://example.com/letter"
IMPORT = {"source": "import", "content": URL}


@pytest.fixture
def posta() -> Posta:
    posta = Posta(World())
    posta.world.imports.allowed = True
    posta.world.imports.there[URL] = Fetched(b"<p>far</p>", "text/html")
    return posta


def refused(reply: Reply) -> tuple[int, list[str]]:
    return reply.status, list(reply.body["errors"])


def test_what_was_fetched_is_the_content_and_its_address_is_forgotten(posta: Posta) -> None:
    url = posta.create(content=IMPORT)
    shown = posta.get(url)
    assert shown["content"] == {"source": "inline", "type": "text/html", "content": "<p>far</p>"}
    assert (shown["contentType"], shown["contentLength"]) == ("text/html", 10)
    assert posta.world.files.contents(REF) == {"content.html": b"<p>far</p>"}
    assert posta.send("PUT", url, shown).status == 202
    assert posta.get(url)["content"] == shown["content"]


def test_a_draft_takes_it_as_well(posta: Posta) -> None:
    url = posta.create(content=HTML)
    posta.world.imports.there[URL] = Fetched(b"%PDF-\xff", "application/pdf")
    assert posta.send("PUT", url, {"content": IMPORT | {"type": "pdf"}}).status == 202
    shown = posta.get(url)
    assert (shown["contentType"], shown["contentLength"]) == ("application/pdf", 6)
    assert shown["content"] == {"source": "inline", "type": "application/pdf"}


def test_where_the_stage_fetches_nothing_it_is_said_what_to_do_instead(posta: Posta) -> None:
    posta.world.imports.allowed = False
    url = posta.create(content=HTML)
    for reply in (
        posta.send("POST", VERSIONS, {"content": IMPORT}),
        posta.send("PUT", url, {"content": IMPORT}),
    ):
        assert refused(reply) == (422, ["content.source"])
        assert "use inline or externalUrl" in reply.body["detail"]
    assert posta.world.imports.asked == []


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ("application/octet-stream", {}),
        ("", {}),
        ("text/html", {"type": "application/pdf"}),
        ("application/pdf", {"type": "html"}),
    ],
)
def test_another_type_than_was_asked_for_is_refused(posta: Posta, said: str, sent: Any) -> None:
    posta.world.imports.there[URL] = Fetched(b"x", said)
    assert refused(posta.send("POST", VERSIONS, {"content": IMPORT | sent})) == (422, ["content.type"])
    assert posta.world.files.contents(REF) == {}


def test_what_can_not_be_fetched_changes_nothing(posta: Posta) -> None:
    url = posta.create(content=HTML)
    before = posta.get(url)
    gone = IMPORT | {"content": "https://example.com/gone"}
    for reply in (
        posta.send("POST", VERSIONS, {"content": gone}),
        posta.send("PUT", url, {"content": gone}),
    ):
        assert refused(reply) == (422, ["content.content"])
    assert posta.get(url) == before


def test_nothing_is_fetched_for_a_request_that_is_refused_anyway(posta: Posta) -> None:
    url = posta.create(content=HTML)
    assert posta.send("POST", f"{url}/publish").status == 202
    for method, at, body in (
        ("PUT", url, {"content": IMPORT}),
        ("POST", VERSIONS, {"content": IMPORT, "notes": "x" * 256}),
        ("POST", VERSIONS, {"content": IMPORT, "variableDefinitions": [{"name": "a"}, {"name": "a"}]}),
    ):
        assert posta.send(method, at, body).status in {400, 409, 422}
    assert posta.world.imports.asked == []
