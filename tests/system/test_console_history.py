"""People look what became of an asset, what changed since, who is told, what was said, what belongs to it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from local.system import System
from tests.system.client import Asset, api, asset_body, new_asset
from tests.system.window import WIDE, Window

MARKUP = '"><img src=x onerror="globalThis.ran = 1">'


@pytest.fixture(scope="module")
def vase(system: System) -> Asset:
    """Version 1 was current and named, then version 2 by an admin; a file has changed since."""
    asset = new_asset(system, {"a.txt": b"one", "b.txt": b"same"}, "vase")
    assert asset.create({"comment": "As designed", "versionAlias": MARKUP}).status_code == 200
    asset.put("a.txt", b"two")
    assert asset.as_user(api(system, "admin")).create({"comment": "As built"}).status_code == 200
    assert asset.call("POST", "assetversions/{}/publish", 2).status_code == 200
    assert asset.archive(1).status_code == 200
    copied = {"sourcePath": "b.txt", "destinationPath": "c.txt"}
    assert asset.call("POST", "copyFile", json=copied).status_code == 200
    asset.api.ok("POST", "/assets", json=asset_body(asset.database_id, "table") | {"assetName": "Table"})
    return asset


@pytest.fixture(scope="module")
def signed_in(system: System, chromium: Browser, vase: Asset) -> Window:
    window = Window(system, chromium.new_context(viewport=WIDE, timezone_id="Asia/Tokyo"))
    window.sign_in("editor")
    return window


@pytest.fixture
def window(signed_in: Window) -> Iterator[Window]:
    """Whatever a test did in it, nothing went wrong on the way, and nothing that was typed ran."""
    yield signed_in
    assert signed_in.page.evaluate("globalThis.ran") is None
    signed_in.well()


def test_the_history_tells_who_did_what_and_what_was_live(window: Window, vase: Asset) -> None:
    page = window.open(vase.database_id, "vase", tab="history")
    events = page.locator(".event")
    expect(events.nth(1)).to_contain_text("v1 was archived")
    expect(events.last).to_contain_text("The asset was made")
    page.get_by_role("combobox", name="By").select_option("admin")
    expect(events).to_have_count(1)
    expect(events).to_contain_text("v2 was made")
    page.get_by_role("combobox", name="By").select_option("Everyone")
    page.get_by_role("combobox", name="Show").select_option("Versions")
    expect(events).to_have_count(4)
    events.last.get_by_role("link", name="What was live at").click()
    row = page.get_by_role("row", name="Current")
    expect(row).to_contain_text("v1")
    expect(row.get_by_role("link", name="Compare version 1 with version 2")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=MARKUP)).to_contain_text("The same")
    expect(page.get_by_text("Your time: Asia/Tokyo (GMT+09:00)")).to_be_visible()
    window.picture("asset-history")


def test_a_moment_is_typed_and_stands_in_the_address(window: Window, vase: Asset) -> None:
    page = window.open(vase.database_id, "vase", tab="history")
    field = page.locator("input[type=datetime-local]")
    field.fill("2999-01-01T00:00:00")
    field.press("Enter")
    expect(page.get_by_text("Choose a moment that has been.")).to_be_visible()
    field.fill("2020-01-01T09:00:00")
    field.press("Enter")
    expect(page.get_by_text("this asset was not there yet")).to_be_visible()
    assert "at=2020-01-01T00%3A00%3A00.999Z" in page.url


def test_changes_since_the_last_version_name_file_and_doer(window: Window, vase: Asset) -> None:
    page = window.open(vase.database_id, "vase")
    page.get_by_role("tab", name="Changes").click()
    row = page.locator(".since-row")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("c.txt")
    expect(row).to_contain_text("Copied · editor")
    expect(row.get_by_label("Added")).to_be_visible()
    window.picture("asset-changes")
    row.get_by_role("link").click()
    window.heading("Compare v2 with Working files")


def test_people_subscribe_themselves_and_others(window: Window, vase: Asset) -> None:
    page = window.open(vase.database_id, "vase", tab="about")
    page.get_by_role("button", name="Subscribe", exact=True).click()
    expect(page.get_by_role("button", name="Subscribed")).to_be_visible()
    people = page.get_by_role("region", name="Subscribers")
    field = people.get_by_label("Subscribe somebody")
    field.fill("a-stranger")
    field.press("Enter")
    expect(people.get_by_text("'a-stranger' is no user who may read this asset")).to_be_visible()
    field.fill("viewer")
    field.press("Enter")
    expect(people.get_by_role("listitem")).to_have_text(["editor", "viewer"])
    people.get_by_label("Unsubscribe editor").click()
    expect(people.get_by_role("listitem")).to_have_text(["viewer"])
    expect(page.get_by_role("button", name="Subscribe", exact=True)).to_be_visible()
    window.troubles = [one for one in window.troubles if "400" not in one]


def test_assets_are_linked_by_name_and_parted_again(window: Window, vase: Asset) -> None:
    page = window.open(vase.database_id, "vase", tab="about")
    linked = page.get_by_role("region", name="Linked assets")
    linked.get_by_role("button", name="Link", exact=True).click()
    page.get_by_label("The other one is").select_option("what this one is part of")
    page.get_by_label("Asset", exact=True).fill("Table")
    page.get_by_label("Alias").fill(MARKUP)
    page.get_by_role("dialog").get_by_role("button", name="Link", exact=True).click()
    expect(linked.get_by_role("heading", name="Part of")).to_be_visible()
    expect(linked.get_by_role("link", name="Table")).to_be_visible()
    window.picture("asset-about")
    linked.get_by_label("Take away the link with Table").click()
    page.get_by_role("button", name="Take away", exact=True).click()
    expect(linked.get_by_text("No asset is linked with this one.")).to_be_visible()


def test_a_comment_is_written_changed_and_deleted(window: Window, vase: Asset) -> None:
    page = window.open(vase.database_id, "vase", tab="comments")
    page.get_by_label("Write a comment").fill(MARKUP)
    page.get_by_role("combobox", name="About").select_option("Version 1")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".comment")).to_contain_text(MARKUP)
    page.get_by_role("link", name="Version 1").click()
    window.heading("Version 1")
    page.get_by_role("button", name="Change your comment").click()
    page.get_by_role("textbox", name="Change your comment").fill("It leaks.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".comment")).to_contain_text("It leaks.")
    window.picture("version-comments")
    page.get_by_role("button", name="Delete your comment").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete your comment").click()
    expect(page.get_by_text("Nobody has said anything yet.")).to_be_visible()


def test_the_timeline_is_filtered_and_says_what_it_leaves_out(window: Window, vase: Asset) -> None:
    page = window.open(vase.database_id, "vase")
    rows = page.locator(".version-row")
    expect(rows).to_have_count(1)
    expect(rows.get_by_label("1 added, 1 changed")).to_have_count(0)
    expect(rows.get_by_label("0 added, 1 changed, 0 removed")).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    expect(rows).to_have_count(2)
    page.get_by_role("combobox", name="By").select_option("editor")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("As designed")


def test_who_may_only_read_sees_all_of_it_on_a_phone(system: System, chromium: Browser, vase: Asset) -> None:
    window = Window(system, chromium.new_context(viewport=ViewportSize(width=320, height=640)))
    window.sign_in("viewer", f"#/{vase.database_id}/vase?tab=comments")
    page = window.page
    expect(page.get_by_text("Who may update the asset can comment.")).to_be_visible()
    for tab in ("changes", "history", "about"):
        window.open(vase.database_id, "vase", tab=tab, at="2020-01-01T00:00:00Z")
        expect(page.locator(".busy")).to_have_count(0)
        window.picture(f"phone-{tab}", check=False)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), tab
    expect(page.get_by_text("Who may update the asset can subscribe others.")).to_be_visible()
    assert not page.get_by_label("Subscribe somebody").count()
    window.well()
    window.context.close()
