"""The function of the documents has them, and what renders them, with it."""

import json
from pathlib import Path

from infra import documents

# A function's reply has 6 MB, and a quotation mark counts twice.
MOST_BYTES = 3_000_000


def pages(*addresses: str) -> Path:
    return documents.folder(addresses) / "pages"


def test_all_that_the_page_asks_for_is_packed_and_fits_a_reply() -> None:
    files = {str(one.relative_to(pages())): one.stat().st_size for one in pages().rglob("*.*")}
    assert {f"docs/{name}" for name in documents.RENDERS} < files.keys()
    assert {f"openapi/{one.name}" for one in documents.DOCUMENTS.glob("*.json")} < files.keys()
    assert {"docs/index.html", "docs/page.js", "docs/page.css"} < files.keys()
    assert max(files.values()) < MOST_BYTES


def test_a_document_says_where_the_api_is_if_the_stage_has_an_address_of_its_own() -> None:
    known = ("https://api.example.com/assets", "https://api.example.com/tokens")
    found = [json.loads((folder / "openapi/vams.json").read_text()) for folder in (pages(), pages(*known))]
    assert [[one["url"] for one in document["servers"]] for document in found] == [["/"], [*known]]
    assert json.loads((pages() / "openapi/vams.json").read_text())["openapi"].startswith("3.1")
