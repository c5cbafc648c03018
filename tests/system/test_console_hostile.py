"""Whatever files, names and words say, nothing of it runs in the console."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from local.system import System
from tests.support.media import pdf
from tests.system.client import Asset, new_asset
from tests.system.window import WIDE, Window

RUN = "globalThis.ran = 1; alert(1)"
MARKUP = f'"><img src=x onerror="{RUN}"><script>{RUN}</script>'
LIES = "safe\u202egpj.exe"
DRAWING = f"""<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60" onload="{RUN}">
<script>{RUN}; parent.ran = 1</script><image href="http://elsewhere.example/x.png" width="9" height="9"/>
<foreignObject width="90" height="60"><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:{RUN}"/>
</foreignObject>
<rect width="90" height="60" fill="green"/></svg>"""
PAGE = f"<!doctype html><body onload='{RUN}'><script>{RUN}; parent.ran = 1</script>"
FILES = {
    "page.html": PAGE.encode(),
    "drawing.svg": DRAWING.encode(),
    f"{MARKUP}.txt": PAGE.encode(),
    f"{LIES}.txt": b"one",
    "__proto__/constructor/a.js": RUN.encode(),
    "picture.png": PAGE.encode(),
    "paper.pdf": PAGE.encode(),
    "strip.pdf": pdf("thin").replace(b"[0 0 300 200]", b"[0 0 1 14400]"),
}


@pytest.fixture(scope="module")
def asset(system: System) -> Asset:
    found = new_asset(system)
    for path, data in FILES.items():
        found.put(path, data)
    told = {"assetName": MARKUP, "description": MARKUP, "tags": [MARKUP]}
    assert found.api.call("PUT", found.path, json=told).status_code == 200
    said = {"metadata": [{"metadataKey": MARKUP, "metadataValue": MARKUP}]}
    assert found.call("PUT", "metadata", json=said).status_code == 200
    made = found.create({"comment": MARKUP, "description": MARKUP, "versionAlias": "<b onclick=alert(1)>"})
    assert made.status_code == 200, made.text
    for path in FILES:
        found.put(path, b"two " + FILES[path])
    assert found.create({"comment": f"javascript:{RUN}"}).status_code == 200
    return found


@pytest.fixture(scope="module")
def signed_in(system: System, chromium: Browser, asset: Asset) -> Window:
    window = Window(system, chromium.new_context(viewport=WIDE))
    window.sign_in("editor")
    return window


@pytest.fixture
def window(signed_in: Window) -> Iterator[Window]:
    """Nothing ran in it, and nobody else was asked for anything."""
    yield signed_in
    assert signed_in.page.evaluate("globalThis.ran") is None
    assert signed_in.page.locator("main script, main iframe, main [onerror]").count() == 0
    signed_in.well()


def test_names_and_words_are_shown_as_they_are(window: Window, asset: Asset) -> None:
    page = window.open(asset.database_id)
    expect(page.get_by_role("link", name=MARKUP)).to_be_visible()
    window.open(asset.database_id, asset.asset_id)
    window.heading(MARKUP)
    expect(page.get_by_text("<b onclick=alert(1)>")).to_be_visible()
    window.open(asset.database_id, asset.asset_id, "v", "1", tab="metadata")
    expect(page.get_by_role("rowheader")).to_have_text(MARKUP)


@pytest.mark.parametrize("path", FILES)
def test_a_file_is_drawn_or_read_and_never_run(window: Window, asset: Asset, path: str) -> None:
    page = window.open(asset.database_id, asset.asset_id, "v", "1", file=path)
    shown = page.locator(".stage img, .lines, .empty").first
    expect(shown).to_be_visible()
    if path.endswith((".html", ".js")):
        expect(page.locator(".lines")).to_contain_text(RUN)
    if path == "drawing.svg":
        expect(page.get_by_text("90 × 60 pixels")).to_be_visible()
    if path in ("drawing.svg", "page.html"):
        window.open(asset.database_id, asset.asset_id, "compare", "1", "2", file=path)
        expect(page.locator(".preview .empty, .diff, figure").first).to_be_visible()


def test_the_tree_tells_what_a_name_really_is(window: Window, asset: Asset) -> None:
    """A name that is written from right to left keeps to its own place."""
    page = window.open(asset.database_id, asset.asset_id, "v", "1")
    row = page.get_by_role("treeitem").filter(has_text="safe")
    expect(row.locator("bdi")).to_have_attribute("title", f"{LIES}.txt")


def test_an_address_leads_to_no_other_route(window: Window) -> None:
    """A browser would take such a step for a way out of what the request names."""
    page, asked = window.open(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    for steps in ("..", "a/..", "%2e%2e/a", "a/../v/1", "~webhooks/..", "a/b/v/.."):
        page.evaluate("steps => { location.hash = '#/' + steps }", steps)
        expect(page.get_by_text("There is no page at this address")).to_be_visible()
        page.evaluate("location.hash = '#/~nowhere/a/b'")
    assert not [url for url in asked if ".." in url or "/v/" in url]


def test_its_policy_names_no_one_else(window: Window) -> None:
    reply = window.page.request.get(window.start)
    policy = reply.headers["content-security-policy"]
    rules = {name: values for name, *values in (rule.split() for rule in policy.split(";"))}
    assert "unsafe" not in policy
    assert "*" not in policy
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == ["'self'"]
    assert rules["img-src"] == [
        "'self'",
        "blob:",
        "data:",
        f"{window.system.endpoint}/{window.system.assets_bucket}/",
    ]
    assert reply.headers["x-content-type-options"] == "nosniff"
