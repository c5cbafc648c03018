"""Who uses the console has signed in at the pool, leaves no token lying about, and is out when they are."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Route, expect

from local.system import System
from tests.system.persons import Person, a_minute_later
from tests.system.window import WIDE, Window


@pytest.fixture
def window(system: System, chromium: Browser) -> Iterator[Window]:
    """Of a browser in which nobody has signed in."""
    found = Window(system, chromium.new_context(viewport=WIDE))
    yield found
    found.well()
    found.context.close()


def test_who_signs_in_comes_back_to_where_they_were_about_to_go(window: Window) -> None:
    window.sign_in("viewer", "#/no-such-database")
    assert window.page.url == f"{window.start}#/no-such-database"
    window.heading("no-such-database")
    window.troubles = [one for one in window.troubles if "403" not in one]


def test_no_token_is_kept_and_one_who_loads_the_page_anew_is_asked_at_the_pool(window: Window) -> None:
    window.page.goto(window.start)
    window.picture("door")
    window.sign_in("viewer")
    kept = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
    # A JWT begins so.
    assert "eyJ" not in window.page.evaluate(kept)
    window.page.reload()
    window.give_password("viewer")
    window.heading("Databases")


def test_a_sign_in_that_somebody_else_began_is_not_taken(window: Window) -> None:
    """Else a link could sign a person in as its writer."""
    window.page.goto(f"{window.start}?code=theirs&state=theirs")
    expect(window.page.get_by_role("alert")).to_contain_text("That sign-in was not begun here")
    assert window.page.url == window.start
    window.page.goto(f"{window.start}?error=access_denied&error_description=Call+us")
    expect(window.page.get_by_role("alert")).to_contain_text("That sign-in was not begun here")
    expect(window.page.get_by_text("Call us")).to_have_count(0)


def test_why_the_pool_refused_a_sign_in_is_told(window: Window) -> None:
    def refuse(route: Route) -> None:
        (state,) = parse_qs(urlsplit(route.request.url).query)["state"]
        said = f"error=access_denied&error_description=%3Cb%3Eno&state={state}"
        route.fulfill(status=302, headers={"Location": f"{window.start}?{said}"})

    window.page.route("**/oauth2/authorize?*", refuse)
    window.page.goto(window.start)
    window.page.get_by_role("button", name="Sign in").click()
    expect(window.page.get_by_role("alert")).to_contain_text("<b>no")


def test_a_pool_that_is_busy_signs_nobody_out(window: Window) -> None:
    window.sign_in("viewer")
    page = window.page
    page.route("**/database/*/assets?*", lambda route: route.fulfill(status=401, body="{}"))
    page.route("**/oauth2/token", lambda route: route.fulfill(status=503))
    page.evaluate("location.hash = '#/some-database'")
    expect(page.get_by_role("alert")).to_contain_text("Wait a little, then try again.")
    expect(page.get_by_role("button", name="Signed in as viewer")).to_be_visible()
    window.troubles = [one for one in window.troubles if "401" not in one and "503" not in one]


def test_who_signs_out_is_out_in_all_tabs_and_at_the_pool(window: Window) -> None:
    window.sign_in("viewer")
    other = window.context.new_page()
    other.goto(window.start)
    other.get_by_role("button", name="Sign in").click()
    first, window.page = window.page, other
    window.give_password("viewer")
    window.page = first
    with first.expect_request("**/oauth2/revoke") as revoked:
        first.get_by_role("button", name="Signed in as viewer").click()
        first.get_by_role("menuitem", name="Sign out").click()
    reply = revoked.value.response()
    assert reply is not None
    assert reply.status == 200
    for page in (first, other):
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(other.get_by_text("You are signed out.")).to_be_visible()
    expect(other.get_by_role("main")).to_be_focused()


def test_who_is_signed_out_everywhere_is_out_here(system: System, chromium: Browser) -> None:
    person = Person(system)
    window = Window(system, chromium.new_context(viewport=WIDE))
    window.sign_in(person.name)
    person.at_pool("admin_user_global_sign_out")
    a_minute_later(system)
    window.page.evaluate("location.hash = '#/some-database'")
    expect(window.page.get_by_text("You are signed out.")).to_be_visible()
    window.context.close()
