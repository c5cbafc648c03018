"""README.md and docs/ agree with the tree: links, files, commands and routes that they name are there."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
from assetversions import operations
from assetversions.dialects import ROUTES

from infra.access import ACCESS, rights
from infra.items import KINDS
from local.people import PASSWORD

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]
RUN = [ROOT / "README.md", *sorted(ROOT.glob("docs/guides/*.md"))]
REFERENCE = sorted(ROOT.glob("docs/api/*.md"))
SOURCES = sorted(
    path
    for place in ("functions", "infra", "layers", "local", "client", "tests", "bench")
    for path in (ROOT / place).rglob("*.py")
    if not {"build", "cdk.out", ".local"} & set(path.relative_to(ROOT).parts)
)
# A file is named from the top, or from the package that most of the pages speak of.
PLACES = [ROOT, ROOT / "layers/core/python/assetversions", ROOT / "layers/auth/python"]

# The folders that hold what the local system, the build and the tests make.
_MADE = ("build/", ".local/", "cdk.out")
_FILE = re.compile(r"[\w.-]+(?:/[\w.-]+)+\.(?:py|json|toml|conf|md|txt|yml)")
_ROW = re.compile(r"^\|(.+)\|$", re.MULTILINE)
# A command stands in a code span, or at the beginning of a line of a block.
_COMMAND = re.compile(r"(?:`|^)(?:[A-Z_]+=\S+ )?make ([a-z][\w-]*)", re.MULTILINE)


class Rendered(HTMLParser):
    """What a reader's page has: addresses that it links to, places that can be linked to, code spans."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.code: list[str] = []
        self._inside = False
        self.feed(markdown.markdown(text, extensions=["toc", "tables", "fenced_code"]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if known.get("id"):
            self.anchors.add(str(known["id"]))
        if tag == "a":
            self.links.append(known.get("href") or "")
        self._inside = self._inside or tag == "code"

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "code"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.code.append(data)


@cache
def rendered(page: Path) -> Rendered:
    return Rendered(page.read_text())


def short(page: Path) -> str:
    return str(page.relative_to(ROOT))


def dead(page: Path, link: str) -> bool:
    """Whether a link to a place in the tree leads nowhere."""
    if re.match(r"[a-z]+:", link):
        return False
    path, _, anchor = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists():
        return True
    return bool(anchor) and (target.suffix != ".md" or anchor not in rendered(target).anchors)


def targets() -> set[str]:
    return set(
        re.findall(r"^([a-z][\w-]*)(?: [a-z][\w -]*)?:(?!=)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    )


def cells(row: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", row))


def test_every_document_that_code_cites_is_in_the_repository() -> None:
    cited = {
        (short(path), name) for path in SOURCES for name in re.findall(r"[\w./-]*\w\.md\b", path.read_text())
    }
    assert {"docs/api/vams.md", "docs/costs.md"} <= {name for _, name in cited}
    assert [found for found in sorted(cited) if not (ROOT / found[1].lstrip("/")).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in rendered(page).links if dead(page, link)] == []


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_file_that_is_named_is_there(page: Path) -> None:
    named = {name for code in rendered(page).code for name in _FILE.findall(code) if _FILE.fullmatch(code)}
    named = {name for name in named if not name.startswith(_MADE)}
    assert [name for name in sorted(named) if not any((place / name).exists() for place in PLACES)] == []


@pytest.mark.parametrize("page", PAGES, ids=short)
def test_every_command_that_is_named_is_a_target_of_the_makefile(page: Path) -> None:
    assert set(_COMMAND.findall(page.read_text())) - targets() == set()


def test_each_route_and_its_operation_stand_in_one_row_of_the_reference() -> None:
    rows = [cells(row) for page in REFERENCE for row in _ROW.findall(page.read_text())]
    together = [{route.key, route.operation} for route in ROUTES]
    assert [pair for pair in together if not any(pair <= row for row in rows)] == []


def test_the_reference_has_no_row_for_a_route_that_is_gone() -> None:
    """A route is told by its method at the beginning of a cell; such a row is one of the tables of routes."""
    known = {(route.operation, route.key) for route in ROUTES}
    row = re.compile(r"^\| `(\w+)` \| `([A-Z]+ /[^`]*)` \|", re.MULTILINE)
    written = {found for page in REFERENCE for found in row.findall(page.read_text())}
    assert written - known == set()
    assert len(written) == len(known)


@pytest.mark.parametrize("page", RUN, ids=short)
def test_every_block_of_a_walk_is_run_or_checked_or_to_read_only(page: Path) -> None:
    """```bash is run, ```text right behind it is checked (tests/system/test_walks.py), others are to read."""
    text = page.read_text()
    kinds = set(re.findall(r"^```(.*)$", text, re.MULTILINE)) - {""}
    assert kinds <= {"bash", "text", "sh", "diagram"}
    behind = re.findall(r"^```bash\n(?:(?!```).*\n)*```\n\n```text$", text, re.MULTILINE)
    assert len(behind) == text.count("\n```text\n")


@pytest.mark.parametrize("page", RUN, ids=short)
def test_a_walk_needs_no_curl_that_older_distributions_lack(page: Path) -> None:
    """`%header{name}` came with curl 7.84; Ubuntu 22.04 has 7.81."""
    assert "%header{" not in page.read_text()


def test_the_guide_of_the_console_shows_pictures_that_its_tests_take() -> None:
    folder = ROOT / "docs/guides/pictures"
    shown = re.findall(r"!\[(.*)\]\(pictures/(.+)\)", (ROOT / "docs/guides/console.md").read_text())
    tests = "".join(path.read_text() for path in ROOT.glob("tests/system/test_console*.py"))
    taken = {f"{name}.webp" for name in re.findall(r'\.picture\("([\w-]+)"', tests)}
    sizes = {path.name: path.stat().st_size for path in folder.iterdir()}
    assert {name for _, name in shown} == set(sizes) <= taken
    assert all(alternative for alternative, _ in shown)
    assert {name: size for name, size in sizes.items() if size > 60_000} == {}


def test_the_readme_is_two_screens() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 95


def test_the_page_on_security_says_who_writes_which_items() -> None:
    """Each kind of items has its row; where many functions write them, a few words stand for their names."""
    groups = {
        "each that serves a route that writes": {
            operations.function(route.operation)
            for route in ROUTES
            if operations.find(route.operation).writes and not route.open
        }
    }
    page = (ROOT / "docs/security.md").read_text()
    rows = re.findall(r"^\| ([\w ]+) \| [^|]* \| `([A-Z#*]+)` \| (.+) \|$", page, re.MULTILINE)
    assert {
        (kind, pattern): set().union(*(groups.get(one, {one.strip("`")}) for one in cell.split(", ")))
        for kind, pattern, cell in rows
    } == {
        (kind, pattern): {name for name in ACCESS for right in rights(name) if kind in right.kinds}
        for kind, pattern in KINDS.items()
    }


def test_the_page_on_operating_tells_the_password_of_the_local_users() -> None:
    assert set(re.findall(r"Local-[^`\\]*", (ROOT / "docs/operating.md").read_text())) == {PASSWORD}
