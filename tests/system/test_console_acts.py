"""What can be done to assets and versions is done in the web console; each refusal says what to do."""

import json
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Route, expect

from local.system import System
from tests.system.client import Asset, api, new_asset
from tests.system.window import WIDE, Window

AT_WORK = {"operation": "revert", "state": "running", "done": 1, "total": 3, "createdBy": "editor"}


@pytest.fixture(scope="module")
def signed_in(system: System, chromium: Browser) -> Window:
    window = Window(system, chromium.new_context(viewport=WIDE))
    window.sign_in("editor")
    return window


@pytest.fixture
def window(signed_in: Window) -> Iterator[Window]:
    """An editor's; nothing was said on its console but that something was refused."""
    yield signed_in
    refusals = ("status of 400", "status of 403", "status of 409")
    signed_in.troubles = [one for one in signed_in.troubles if not any(text in one for text in refusals)]
    signed_in.well()


@pytest.fixture
def asset(system: System) -> Asset:
    """Two versions, the second one current."""
    found = new_asset(system, {"a.txt": b"one"})
    assert found.create({"comment": "One", "versionAlias": "prod"}).status_code == 200
    found.put("a.txt", b"two")
    found.put("b.txt", b"two")
    assert found.create({"comment": "Two"}).status_code == 200
    return found


def choose(window: Window, of: str, what: str) -> None:
    window.page.get_by_role("button", name=f"What to do with {of}").click()
    window.page.get_by_role("menuitem", name=what, exact=True).click()


def confirm(window: Window, button: str) -> None:
    window.page.get_by_role("dialog").get_by_role("button", name=button).click()


def test_a_database_and_an_asset_are_made_changed_and_put_away(window: Window) -> None:
    page, name = window.open(), f"db-{uuid4().hex[:8]}"
    page.get_by_role("button", name="New database").click()
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type("no!")
    page.get_by_label("Description").fill("Of a test")
    confirm(window, "Make the database")
    field = page.get_by_label("Name", exact=True)
    expect(page.get_by_text("must be 3 to 63 letters")).to_be_visible()
    expect(field).to_be_focused()
    field.fill(name)
    confirm(window, "Make the database")
    window.heading(name)
    page.get_by_role("button", name="New asset").click()
    page.get_by_label("Name", exact=True).fill("The \u202elamp")
    page.get_by_label("Id", exact=True).fill("lamp")
    page.get_by_label("Description").fill("It has an arm")
    for tag in ("prop", "hero"):
        page.get_by_label("Tag", exact=True).fill(tag)
        page.keyboard.press("Enter")
    window.picture("act-new-asset")
    confirm(window, "Make the asset")
    window.heading("The \u202elamp")
    choose(window, "this asset", "Edit asset")
    page.get_by_role("button", name="Take away the tag prop").click()
    expect(page.get_by_label("Tag", exact=True)).to_be_focused()
    confirm(window, "Save")
    expect(page.locator(".facts .tag")).to_have_text(["hero"])
    choose(window, "this asset", "Archive asset")
    page.get_by_label("Reason").fill("Not used")
    confirm(window, "Archive asset")
    expect(page.get_by_text("This asset is archived, and only read.")).to_be_visible()
    expect(page.get_by_role("button", name="New version")).to_have_count(0)
    choose(window, "this asset", "Bring asset back")
    confirm(window, "Bring asset back")
    expect(page.get_by_role("button", name="New version")).to_be_visible()
    made = api(window.system, "editor").ok("GET", f"/database/{name}/assets/lamp")
    assert (made["tags"], made["isDistributable"], made["status"]) == (["hero"], True, "active")


def test_a_version_is_made_current_cloned_verified_and_protected(window: Window, asset: Asset) -> None:
    page = window.open(asset.database_id, "asset")
    choose(window, "version 1", "Make current")
    expect(page.get_by_text("1 file is put back")).to_be_visible()
    expect(page.get_by_text("1 file is hidden, which was not there")).to_be_visible()
    window.picture("act-activate")
    confirm(window, "Make current")
    expect(page.locator(".version-row.current")).to_contain_text("v1")
    assert asset.contents() == {"a.txt": b"one"}
    choose(window, "version 2", "Clone")
    page.get_by_label("Comment").fill("A copy")
    confirm(window, "Clone")
    expect(page.locator(".version-row").first).to_contain_text("A copy")
    choose(window, "version 2", "Verify")
    confirm(window, "Verify")
    expect(page.get_by_text("Whole: all 2 files are there as they were.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="What to do with version 2")).to_be_focused()
    choose(window, "version 2", "Protect")
    confirm(window, "Protect")
    expect(page.locator(".version-row").nth(1)).to_contain_text("Protected")
    choose(window, "version 2", "Lift protection")
    confirm(window, "Lift protection")
    expect(page.get_by_role("alert")).to_contain_text("Delete: No rule allows it.")
    expect(page.get_by_role("alert")).not_to_contain_text("Update")
    confirm(window, "Cancel")


def test_what_somebody_else_did_meanwhile_is_told_and_then_looked_at(window: Window, asset: Asset) -> None:
    page = window.open(asset.database_id, "asset")
    choose(window, "version 2", "Edit comment and aliases")
    page.get_by_label("Comment").fill("Mine")
    assert asset.create({"comment": "Behind"}).status_code == 200
    confirm(window, "Save")
    expect(page.get_by_role("alert")).to_contain_text("Version 3 was made · editor")
    window.picture("act-conflict")
    confirm(window, "Look again")
    expect(page.locator(".version-row")).to_have_count(3)
    page.get_by_label("Another alias").fill("v-1")
    confirm(window, "Save")
    expect(page.get_by_text("must not begin with 'v-'")).to_be_visible()
    page.get_by_label("Another alias").fill("prod")
    confirm(window, "Save")
    expect(page.get_by_text("prod is on version 1")).to_be_visible()
    confirm(window, "Move it and save")
    expect(page.locator(".version-row").nth(1)).to_contain_text("prod")
    found = asset.version(2)
    assert (found["comment"], found["versionAliases"]) == ("Mine", ["prod"])


def test_who_sends_again_what_was_not_answered_makes_one_version(window: Window, asset: Asset) -> None:
    page = window.open(asset.database_id, "asset")
    asset.put("a.txt", b"three")
    sent: list[str] = []

    def lost(route: Route) -> None:
        sent.append(route.request.headers["idempotency-key"])
        if len(sent) > 1:
            return route.continue_()
        route.fetch()
        return route.abort("connectionreset")

    page.route("**/createVersion", lost)
    for comment in ("Three", "Four"):
        asset.put("a.txt", comment.encode())
        page.get_by_role("button", name="New version").click()
        page.get_by_label("Comment").fill(comment)
        confirm(window, "New version")
        if comment == "Three":
            expect(page.get_by_role("alert")).to_contain_text("Look at your connection, then try again.")
            confirm(window, "New version")
        expect(page.get_by_role("dialog")).to_have_count(0)
    page.unroute("**/createVersion")
    assert [version["comment"] for version in asset.versions()] == ["Four", "Three", "Two", "One"]
    first, again, other = sent
    assert first == again != other
    window.troubles = [one for one in window.troubles if "ERR_CONNECTION_RESET" not in one]


def test_a_job_that_was_left_is_on_the_page_until_it_ends(window: Window, asset: Asset) -> None:
    def later(route: Route) -> None:
        planned = '"dryRun":true' in (route.request.post_data or "")
        wish = {} if planned else {"prefer": "respond-async"}
        route.continue_(headers={**route.request.headers, **wish})

    def halfway(route: Route) -> None:
        if route.request.url.endswith("/operations"):
            newest = route.fetch().json()["operations"][:1]
            route.fulfill(body=json.dumps({"operations": [one | AT_WORK for one in newest]}))
        else:
            route.fulfill(body=json.dumps(AT_WORK))

    page = window.open(asset.database_id, "asset")
    page.route("**/revertAssetVersion/*", later)
    page.route("**/operations**", halfway)
    choose(window, "version 1", "Put files back")
    expect(page.get_by_text("1 file is put back")).to_be_visible()
    confirm(window, "Put files back")
    expect(page.get_by_text("1 of 3 done")).to_be_visible()
    confirm(window, "Leave it at work")
    work = page.get_by_role("region", name="What is at work on this asset")
    expect(work).to_contain_text("Files are being put back")
    page.reload()
    window.give_password("editor")
    expect(work).to_contain_text("1 of 3 done")
    window.picture("job")
    page.unroute("**/operations**")
    expect(work).to_contain_text("Done.")
    expect(page.locator(".version-row").first).to_contain_text("v3")
    work.get_by_role("link", name="Version 3").click()
    window.heading("Version 3")
    window.open(asset.database_id, "asset")
    expect(page.locator(".version-row").first).to_be_visible()
    expect(work).to_have_count(0)
    assert asset.contents() == {"a.txt": b"one"}


def test_what_is_deleted_is_named_first_and_told_afterwards(
    system: System, chromium: Browser, asset: Asset
) -> None:
    window = Window(system, chromium.new_context(viewport=WIDE))
    window.sign_in("admin", f"#/{asset.database_id}/asset")
    page = window.page
    choose(window, "version 2", "Delete")
    button = page.get_by_role("dialog").get_by_role("button", name="Delete")
    page.get_by_label("Type 2 to delete it").fill("1")
    expect(button).to_be_disabled()
    page.get_by_label("Type 2 to delete it").fill("2")
    window.picture("act-delete")
    button.click()
    expect(page.locator(".version-row")).to_have_count(1)
    page.get_by_role("combobox").select_option("Deleted")
    expect(page.locator(".version-row")).to_contain_text("Deleted by admin")
    window.picture("deleted")
    choose(window, "this asset", "Delete asset")
    page.get_by_label("Type \u2068asset\u2069 to delete it").fill("asset")
    confirm(window, "Delete asset")
    window.heading(asset.database_id)
    expect(page.get_by_text("There is no asset here that you may read.")).to_be_visible()
    window.well()
    window.context.close()


def test_who_may_make_nothing_is_offered_nothing_and_told_why(
    system: System, chromium: Browser, asset: Asset
) -> None:
    window = Window(system, chromium.new_context(viewport=WIDE))
    asked = "**/auth/me?*"
    with window.page.expect_response(asked):
        window.sign_in("viewer")
    expect(window.page.get_by_role("link", name=asset.database_id)).to_be_visible()
    expect(window.page.get_by_role("button", name="New database")).to_have_count(0)
    window.open(asset.database_id, "asset")
    choose(window, "version 1", "Verify")
    confirm(window, "Verify")
    expect(window.page.get_by_role("alert")).to_contain_text("Your roles: viewer.")
    expect(window.page.get_by_role("alert")).to_contain_text("verify: No rule allows it.")
    assert [one for one in window.troubles if "403" not in one] == []
    window.context.close()
