"""People keep webhooks, API tokens and policy in the web console, and are told why somebody may not."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from local.system import System
from tests.support.receiver import receiver
from tests.system.client import HTTP, api, new_asset
from tests.system.persons import Person
from tests.system.window import WIDE, Window

PHONE = ViewportSize(width=320, height=640)
MARKUP = "<img src=x onerror='globalThis.ran=1'>"


@pytest.fixture(scope="module")
def editor(system: System) -> Person:
    """Nobody else keeps anything in this name."""
    return Person(system, "editor")


@pytest.fixture(scope="module")
def signed_in(system: System, chromium: Browser, editor: Person) -> Window:
    window = Window(system, chromium.new_context(viewport=WIDE))
    window.sign_in(editor.name)
    return window


@pytest.fixture
def window(signed_in: Window) -> Iterator[Window]:
    """An editor's; what is typed and told in it never runs, and nothing went wrong."""
    yield signed_in
    assert signed_in.page.evaluate("globalThis.ran") is None
    signed_in.well()


def act(page: Page, menu: str, what: str) -> None:
    page.get_by_role("button", name=menu).first.click()
    page.get_by_role("menuitem", name=what, exact=True).click()


def confirm(page: Page, name: str) -> None:
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


def told_once(window: Window, label: str) -> str:
    """The secret of the open dialog; once that is closed it is nowhere."""
    page = window.page
    secret = page.get_by_label(label, exact=True).input_value()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="I have kept it").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    kept = "JSON.stringify([{...localStorage}, {...sessionStorage}, location.href])"
    assert secret not in page.content() + page.evaluate(kept)
    return secret


def test_a_webhook_is_made_tried_and_deleted(window: Window, editor: Person) -> None:
    page = window.open("~webhooks")
    expect(page.get_by_text("Nothing is sent anywhere yet.")).to_be_visible()
    with receiver() as here:
        page.get_by_role("button", name="New webhook").click()
        expect(page.get_by_label("Address")).to_be_focused()
        page.get_by_label("Address").fill("http://example.com/")
        page.get_by_label("Description").fill(MARKUP)
        page.get_by_role("button", name="Make it").click()
        expect(page.get_by_text("Must begin with https://.")).to_be_visible()
        expect(page.get_by_label("Address")).to_be_focused()
        window.troubles = [one for one in window.troubles if "400" not in one]
        window.picture("admin-webhook-new")
        page.get_by_label("Address").fill(here.url)
        page.get_by_role("button", name="Make it").click()
        window.picture("admin-secret", check=False)
        here.secret = told_once(window, "The secret")
        here.answers.append(410)
        page.get_by_role("link", name=here.url).click()
        expect(page.get_by_text(MARKUP)).to_be_visible()
        page.get_by_role("button", name="Send a test").click()
        confirm(page, "Send a test")
        expect(page.get_by_text("Given up", exact=True)).to_be_visible()
        page.get_by_text("Status 410").click()
        window.picture("admin-webhook")
        expect(page.get_by_text("It is disabled: nothing is sent.")).to_be_visible()
        page.get_by_role("button", name="Enable").click()
        confirm(page, "Enable")
        expect(page.get_by_text("Sending")).to_be_visible()
        page.get_by_role("button", name="Send it again").click()
        confirm(page, "Send it again")
        expect(page.get_by_text("Taken", exact=True)).to_be_visible()
        assert len(here.seen) == 2
    act(page, "What to do with the webhook", "Delete")
    confirm(page, "Delete")
    expect(page.get_by_text("Nothing is sent anywhere yet.")).to_be_visible()
    assert editor.sign_in().listed("/webhooks") == []


def test_a_token_is_told_once_switched_off_and_revoked(
    window: Window, system: System, editor: Person
) -> None:
    page = window.page
    act(page, f"Signed in as {editor.name}", "API tokens")
    window.heading("API tokens")
    page.get_by_role("button", name="New token").click()
    page.get_by_label("Name").fill(MARKUP)
    page.get_by_label("Days until it ends").fill("400")
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_text("Must be 365 at most.")).to_be_visible()
    page.get_by_label("Days until it ends").fill("5")
    page.get_by_role("button", name="Make it").click()
    secret = told_once(window, "The token")
    window.troubles = [one for one in window.troubles if "400" not in one]
    row = page.get_by_role("listitem").filter(has_text=MARKUP)
    expect(row).to_contain_text("Ends soon")
    assert _taken(system, secret)
    act(page, "What to do with the token", "Switch off")
    confirm(page, "Switch off")
    expect(row).to_contain_text("Off")
    window.picture("admin-tokens", check=False)
    assert not _taken(system, secret)
    act(page, "What to do with the token", "Revoke")
    confirm(page, "Revoke")
    expect(page.get_by_text("You have no API token.")).to_be_visible()
    expect(page.get_by_role("main")).to_be_focused()


def _taken(system: System, secret: str) -> bool:
    reply = HTTP.get(f"{system.tokens_api_url}/database", headers={"X-Api-Key": secret})
    assert reply.status_code in (200, 401, 403), reply.text
    return reply.status_code == 200


def test_access_is_kept_and_a_refusal_mended_by_the_rule_that_was_missing(
    system: System, chromium: Browser
) -> None:
    asset = new_asset(system, {"a.txt": b"one"})
    role = f"lead-{uuid4().hex[:8]}"
    window = Window(system, chromium.new_context(viewport=WIDE))
    window.sign_in("admin", "#/~access?tab=roles")
    page = window.page
    page.get_by_role("button", name="New role").click()
    page.get_by_label("Name").fill(role)
    page.get_by_label("Description").fill(MARKUP)
    confirm(page, "Make it")
    expect(page.get_by_role("listitem").filter(has_text=role)).to_contain_text(MARKUP)
    act(page, f"What to do with the role {role}", "Edit")
    page.get_by_label("Description").fill("Leads")
    words = f"What another says of {role}"
    changed = {"roleName": role, "description": words}
    api(system, "admin").ok("PUT", "/roles", json=changed)
    confirm(page, "Save")
    expect(page.get_by_text("Somebody was first")).to_be_visible()
    confirm(page, "Look again")
    expect(page.get_by_text(words)).to_be_visible()
    page.get_by_role("tab", name="People").click()
    page.get_by_role("button", name="Give roles").click()
    page.get_by_label("Person or machine").fill("nobody-here")
    page.get_by_role("dialog").get_by_label(role).check()
    confirm(page, "Give them")
    expect(page.get_by_text("There is no user 'nobody-here'")).to_be_visible()
    person = Person(system)
    page.get_by_label("Person or machine").fill(person.name)
    confirm(page, "Give them")
    expect(page.get_by_role("listitem").filter(has_text=person.name)).to_contain_text(role)

    page.get_by_role("tab", name="Why?").click()
    page.get_by_label("Person").fill(person.name)
    page.get_by_label("What they want to do").select_option("Update")
    page.get_by_label("Database").fill(asset.database_id)
    page.get_by_label("Asset", exact=True).fill("asset")
    page.get_by_role("button", name="Ask").click()
    verdict = page.locator(".verdict")
    expect(verdict).to_have_text(f"{person.name} may not change asset")
    window.picture("admin-why")
    for left in (1, 0):
        page.get_by_role("button", name="Write it").first.click()
        confirm(page, "Make it")
        expect(page.get_by_role("button", name="Write it")).to_have_count(left)
    expect(verdict).to_have_text(f"{person.name} may change asset")
    told = {"description": "as a lead says"}
    assert person.sign_in().call("PUT", asset.path, json=told).status_code == 200
    window.troubles = [one for one in window.troubles if "400" not in one]
    page.get_by_role("link", name="See the rule").first.click()
    shown = page.get_by_role("listitem").filter(has=page.get_by_role("button", name="What to do with"))
    expect(shown).to_have_count(1)
    expect(shown).to_contain_text(f"The role {role} may")
    act(page, "What to do with the rule", "Delete")
    confirm(page, "Delete")
    expect(page.get_by_text("No rule fits.")).to_be_visible()
    page.set_viewport_size(PHONE)
    for tab in ("Rules", "People", "Changes", "Why?"):
        page.get_by_role("tab", name=tab).click()
        expect(page.locator(".busy")).to_have_count(0)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), tab
    window.well()
    window.context.close()


def test_who_manages_nothing_asks_about_themselves_alone(window: Window, editor: Person) -> None:
    page = window.open("~access", tab="rules")
    expect(page.get_by_role("alert")).to_contain_text("GET /auth/constraints: No rule allows it")
    expect(page.get_by_role("button", name="New rule")).to_have_count(0)
    page.get_by_role("tab", name="Why?").click()
    expect(page.get_by_label("Person")).to_have_count(0)
    page.get_by_label("What they want to do").select_option("Call a route")
    page.get_by_label("Path").fill("/auth/constraints")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator(".verdict")).to_have_text(f"{editor.name} may not GET /auth/constraints")
    expect(page.get_by_text("Who manages the rules can change this")).to_be_visible()
    expect(page.get_by_role("button", name="Write it")).to_have_count(0)
    window.troubles = [one for one in window.troubles if "403" not in one]
