"""The site of docs/ builds, can be searched, asks no other host for anything, and has every route."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from assetversions.dialects import ROUTES

from docs.hooks import reference

ROOT = Path(__file__).parents[2]
_ELSEWHERE = re.compile(r'<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)="(?:https?:)?//[^"]*"')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(  # noqa: S603 (our own words)
        words,
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_every_page_of_the_docs_is_in_the_site(site: Path) -> None:
    pages = {path.relative_to(ROOT / "docs").with_suffix(".html") for path in ROOT.glob("docs/**/*.md")}
    assert {page for page in pages if not (site / page).is_file()} == set()
    assert [path.name for path in site.rglob("*.py")] == []


def test_the_search_finds_guides_and_routes(site: Path) -> None:
    found = json.loads((site / "search/search_index.json").read_text())["docs"]
    titles = {one["title"] for one in found}
    assert {"Ten minutes with your own files", "POST /database/{databaseId}/adopt", "avs push"} <= titles
    assert any(one["location"].startswith("reference/disguise.html#") for one in found)


def test_no_page_asks_another_host_for_anything(site: Path) -> None:
    pages = [*site.rglob("*.html")]
    assert pages
    asked = {(page.name, found) for page in pages for found in _ELSEWHERE.findall(page.read_text())}
    assert asked == set()


def test_every_route_has_its_section_with_what_it_takes_and_answers() -> None:
    pages = {
        name: reference.page(name, json.loads((ROOT / f"docs/openapi/{api}.json").read_text()), api)
        for api, name in reference.APIS.items()
    }
    sections = {line[4:] for page in pages.values() for line in page.splitlines() if line.startswith("### ")}
    assert {route.key.replace("+}", "}") for route in ROUTES} - sections == set()
    for page in pages.values():
        linked, there = set(re.findall(r"\(#([\w-]+)\)", page)), set(re.findall(r"\{ #([\w-]+) \}", page))
        assert linked <= there
    database = (
        "| `databaseId` | path | always | text, `^[-_a-zA-Z0-9]{3,63}$`; The database; such as `cars` |"
    )
    assert database in pages["VAMS"]
    assert "| `comment` |  | text, at most 1,024 characters, or null |" in pages["VAMS"]
