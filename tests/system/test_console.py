"""People look back, compare and act in the web console, with a real browser on the running system."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from local.system import System
from tests.support.media import pdf, png, wav
from tests.system.client import Asset, api, new_asset
from tests.system.window import WIDE, Window

PHONE, WALL = ViewportSize(width=320, height=640), ViewportSize(width=3840, height=2160)
FILES = {
    "README.md": b"# The lamp\n\nIt has an arm.\n",
    "docs/briefing.pdf": pdf("The lamp stands"),
    "docs/click.wav": wav(),
    "docs/old.txt": b"This text moves.\n",
    "textures/shade.png": png((20, 120, 60)),
}


@pytest.fixture(scope="module")
def lamp(system: System) -> Asset:
    """Two versions that differ in each way that files can, the second one published."""
    asset = new_asset(system, FILES, "lamp")
    said = {"metadata": [{"metadataKey": "colour", "metadataValue": "green"}]}
    assert asset.call("PUT", "metadata", json=said).status_code == 200
    assert asset.create({"comment": "As designed", "versionAlias": "client-review"}).status_code == 200
    asset.put("README.md", b"# The lamp\n\nIt has two arms.\n")
    asset.put("textures/shade.png", png((200, 60, 40)))
    asset.put("textures/arm.png", png((90, 90, 90)))
    asset.put("docs/new.txt", FILES["docs/old.txt"])
    asset.delete("docs/old.txt")
    asset.delete("docs/click.wav")
    said = {"metadata": [{"metadataKey": "colour", "metadataValue": "red"}]}
    assert asset.call("PUT", "metadata", json=said).status_code == 200
    assert asset.create({"comment": "As built"}).status_code == 200
    assert asset.call("POST", "assetversions/{}/publish", 2).status_code == 200
    return asset


@pytest.fixture(scope="module")
def signed_in(system: System, chromium: Browser, lamp: Asset) -> Window:
    """It has nothing older than the lamp on its pages."""
    window = Window(system, chromium.new_context(viewport=WIDE))
    window.sign_in("editor")
    return window


@pytest.fixture
def window(signed_in: Window) -> Iterator[Window]:
    """An editor's; whatever a test did in it, nothing went wrong on the way."""
    yield signed_in
    signed_in.well()


def test_databases_lead_to_assets_and_assets_to_their_versions(window: Window, lamp: Asset) -> None:
    page = window.open()
    page.get_by_role("link", name=lamp.database_id).click()
    window.heading(lamp.database_id)
    window.picture("assets")
    page.get_by_label("Search by name or tag").fill("no such")
    expect(page.get_by_text("No asset fits.")).to_be_visible()
    page.get_by_label("Search by name or tag").fill("test")
    page.get_by_role("link", name="Desk lamp").click()
    window.heading("Desk lamp")
    expect(page.locator(".version-row")).to_have_count(2)


def test_the_timeline_says_what_each_version_is_and_changed(window: Window, lamp: Asset) -> None:
    page = window.open(lamp.database_id, "lamp")
    rows = page.locator(".version-row")
    expect(rows.nth(0)).to_contain_text("Published")
    expect(rows.nth(0)).to_contain_text("Current")
    expect(rows.nth(0).get_by_label("2 added, 2 changed, 2 removed")).to_be_visible()
    expect(rows.nth(1)).to_contain_text("client-review")
    expect(rows.nth(1)).to_contain_text("First version")
    window.picture("asset")
    page.get_by_label("Search versions").fill("designed")
    expect(rows).to_have_count(1)


def test_the_timeline_is_walked_by_keys_alone(window: Window, lamp: Asset) -> None:
    page = window.open(lamp.database_id, "lamp")
    page.locator(".version-link").first.focus()
    for key in ("c", "ArrowDown", "c"):
        page.keyboard.press(key)
    expect(page.get_by_text("Version 1 and version 2 are marked.")).to_be_visible()
    page.keyboard.press("Enter")
    window.heading("Version 1")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("README.md", "pre >> text=It has an arm."),
        ("textures/shade.png", "img[alt='textures/shade.png']"),
        ("docs/click.wav", "audio"),
        ("docs/briefing.pdf", ".paper canvas"),
    ],
)
def test_a_file_is_shown_as_the_version_has_it(window: Window, lamp: Asset, path: str, shown: str) -> None:
    page = window.open(lamp.database_id, "lamp", "v", "1", file=path)
    expect(page.locator(shown)).to_be_visible()
    expect(page.get_by_role("treeitem", selected=True)).to_contain_text(path.rpartition("/")[2])
    if path.endswith(".pdf"):
        expect(page.get_by_text("Page 1 of 2")).to_be_visible()
        page.get_by_label("The next page").click()
        expect(page.get_by_label("docs/briefing.pdf, page 2 of 2")).to_contain_text("The lamp stands")
    window.picture(f"file-{path.rpartition('.')[2]}")


def test_the_tree_is_walked_by_keys_alone(window: Window, lamp: Asset) -> None:
    page = window.open(lamp.database_id, "lamp", "v", "2")
    expect(page.locator("pre >> text=It has two arms.")).to_be_visible()
    page.get_by_role("tree").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("img[alt='textures/arm.png']")).to_be_visible()
    page.get_by_label("Search files").fill("BRIEF")
    expect(page.get_by_role("treeitem")).to_have_count(1)


def test_what_is_said_of_a_version_is_told(window: Window, lamp: Asset) -> None:
    page = window.open(lamp.database_id, "lamp", "v", "1", tab="metadata")
    expect(page.get_by_role("row", name="colour")).to_contain_text("green")
    page.get_by_role("tab", name="About").click()
    expect(page.get_by_text("This version has no variables.")).to_be_visible()
    expect(page.get_by_text("client-review").last).to_be_visible()
    window.picture("version-about")


def test_a_file_and_all_files_are_downloaded(window: Window, lamp: Asset) -> None:
    page = window.open(lamp.database_id, "lamp", "v", "1", file="README.md")
    with page.expect_download() as one:
        page.get_by_role("button", name="Download", exact=True).click()
    assert one.value.path().read_bytes() == FILES["README.md"]
    page.get_by_role("button", name="Download all").click()
    with page.expect_download() as packed:
        page.get_by_role("button", name="Pack").click()
    assert packed.value.path().read_bytes().startswith(b"PK")
    page.get_by_role("dialog").get_by_role("button", name="Close").last.click()


def test_two_versions_are_compared_file_by_file(window: Window, lamp: Asset) -> None:
    page = window.open(lamp.database_id, "lamp", "compare", "1", "2")
    for text in ("1 added", "2 changed", "1 renamed", "1 removed"):
        expect(page.get_by_text(text, exact=True)).to_be_visible()
    expect(page.get_by_role("option").filter(has_text="docs/new.txt")).to_contain_text("was docs/old.txt")
    page.get_by_role("option").filter(has_text="README.md").click()
    expect(page.locator("tr.removed")).to_contain_text("It has an arm.")
    expect(page.locator("tr.added")).to_contain_text("It has two arms.")
    window.picture("compare-text")
    page.get_by_role("tab", name="Metadata").click()
    expect(page.get_by_role("row", name="colour")).to_contain_text("green")


def test_pictures_are_compared_in_three_ways(window: Window, lamp: Asset) -> None:
    page = window.open(lamp.database_id, "lamp", "compare", "1", "2", file="textures/shade.png")
    expect(page.locator("figure")).to_have_count(2)
    page.get_by_role("button", name="Slider").click()
    page.get_by_label("How much of the first picture is seen").press("ArrowLeft")
    window.picture("compare-slider")
    page.get_by_role("button", name="Difference").click()
    blend = "image => getComputedStyle(image).mixBlendMode"
    assert page.locator(".difference img").last.evaluate(blend) == "difference"


def test_a_version_is_made_edited_published_archived_and_brought_back(window: Window, system: System) -> None:
    asset = new_asset(system, {"a.txt": b"one"})
    page = window.open(asset.database_id, "asset")
    page.get_by_role("button", name="New version").click()
    page.get_by_label("Comment").fill("By hand")
    page.get_by_label("Alias").fill("mine")
    window.picture("act-create")
    page.get_by_role("dialog").get_by_role("button", name="New version").click()
    expect(page.get_by_text("Version 1 was made.")).to_be_visible()
    asset.put("a.txt", b"two")
    assert asset.create({"comment": "Two"}).status_code == 200
    page = window.open(asset.database_id)
    window.open(asset.database_id, "asset")

    def act(number: int, what: str) -> None:
        page.get_by_role("button", name=f"What to do with version {number}").click()
        page.get_by_role("menuitem", name=what).click()

    act(2, "Edit comment and aliases")
    page.get_by_label("Another alias").fill("mine")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("mine is on version 1")).to_be_visible()
    page.get_by_role("button", name="Move it and save").click()
    expect(page.locator(".version-row").first).to_contain_text("mine")
    act(1, "Publish")
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()
    expect(page.locator(".version-row").last).to_contain_text("Published")
    act(1, "Archive")
    page.get_by_role("dialog").get_by_role("button", name="Archive").click()
    expect(page.locator(".version-row")).to_have_count(1)
    page.get_by_role("combobox").select_option("Archived")
    act(1, "Bring back")
    page.get_by_role("dialog").get_by_role("button", name="Bring back").click()
    expect(page.get_by_text("Version 1 is back.")).to_be_visible()
    window.troubles = [one for one in window.troubles if "409" not in one]
    assert asset.version(1)["state"] == "published"
    assert asset.version(2)["versionAliases"] == ["mine"]


def test_chosen_files_are_put_back_after_a_look_at_what_would_happen(window: Window, system: System) -> None:
    asset = new_asset(system, {"a.txt": b"one", "b.txt": b"one"})
    assert asset.create().status_code == 200
    asset.put("a.txt", b"two")
    asset.put("b.txt", b"two")
    page = window.open(asset.database_id, "asset", "v", "1")
    page.get_by_role("button", name="Choose files to put back").click()
    page.get_by_role("treeitem").filter(has_text="a.txt").locator("input").check()
    page.get_by_role("button", name="Put files back").click()
    expect(page.get_by_text("1 file is put back")).to_be_visible()
    window.picture("act-revert")
    page.get_by_role("dialog").get_by_role("button", name="Put files back").click()
    window.heading("Version 2")
    assert asset.contents() == {"a.txt": b"one", "b.txt": b"two"}


def test_what_was_shown_of_a_revert_is_what_is_done_or_nothing(window: Window, system: System) -> None:
    asset = new_asset(system, {"a.txt": b"one"})
    assert asset.create().status_code == 200
    asset.put("a.txt", b"two")
    page = window.open(asset.database_id, "asset")
    page.get_by_role("button", name="What to do with version 1").click()
    page.get_by_role("menuitem", name="Put files back").click()
    expect(page.get_by_text("1 file is put back")).to_be_visible()
    assert asset.create({"comment": "Somebody else's"}).status_code == 200
    page.get_by_role("dialog").get_by_role("button", name="Put files back").click()
    expect(page.get_by_text("Somebody was first, or it can't be changed now.")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    window.troubles = [one for one in window.troubles if "409" not in one]
    assert asset.contents() == {"a.txt": b"two"}


def test_who_may_not_is_told_the_rule_that_decides_and_who_may(
    system: System, chromium: Browser, lamp: Asset
) -> None:
    window = Window(system, chromium.new_context(viewport=WIDE))
    window.sign_in("viewer", f"#/{lamp.database_id}/lamp")
    page = window.page
    page.get_by_role("button", name="New version").click()
    page.get_by_role("dialog").get_by_role("button", name="New version").click()
    expect(page.get_by_role("alert")).to_contain_text("You may not do this.")
    expect(page.get_by_role("alert")).to_contain_text("Your roles: viewer")
    expect(page.get_by_role("alert")).to_contain_text("No rule allows it. Roles that may: admin, editor.")
    window.picture("refused")
    assert [one for one in window.troubles if "403" not in one] == []
    window.context.close()


def test_it_fits_a_phone_and_a_wall(system: System, chromium: Browser, lamp: Asset) -> None:
    window = Window(system, chromium.new_context(viewport=PHONE))
    window.sign_in("viewer", f"#/{lamp.database_id}/lamp/v/2")
    page = window.page
    for steps, query in (
        ((), {}),
        ((lamp.database_id,), {}),
        ((lamp.database_id, "lamp"), {}),
        ((lamp.database_id, "lamp", "v", "2"), {"file": "README.md"}),
        ((lamp.database_id, "lamp", "compare", "1", "2"), {"file": "README.md"}),
    ):
        window.open(*steps, **query)
        expect(page.locator(".busy")).to_have_count(0)
        for size, name in ((WALL, "wall"), (PHONE, "phone")):
            page.set_viewport_size(size)
            window.picture(f"{name}-{len(steps)}", check=False)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (steps, name)
    window.well()
    window.context.close()


def test_an_asset_that_is_not_there_is_said_so(window: Window) -> None:
    page = window.page
    with page.expect_response("**/check-subscription"), page.expect_response("**/getVersions**"):
        page.evaluate("address => { location.hash = address }", f"#/db-{uuid4().hex[:8]}/none")
    expect(page.get_by_role("alert")).to_be_visible()
    window.heading("none")
    page.evaluate("location.hash = '#/a/b/c/d/e/f'")
    window.heading("There is no page at this address")
    assert api(window.system, "editor").call("GET", "/database").status_code == 200
    window.troubles = [one for one in window.troubles if "404" not in one]
