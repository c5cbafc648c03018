"""A window of a real browser on the console; it remembers all that went wrong in it."""

import os
import struct
import zlib
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from local.browser import MISSING, find
from local.emulator import ROOT
from local.people import PASSWORD
from local.system import System
from tests.support.media import Colour

PICTURES = ROOT / "build" / "screenshots" / "console"
GUIDE = ROOT / "docs/guides/console.md"
AXE = ROOT / "console" / "node_modules" / "axe-core" / "axe.min.js"
# What WCAG 2.2 asks for at the level AA.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Of dark colours these pages have all there are; a look at each costs half a second.
IN_THE_DARK = {"asset", "compare-text", "act-revert", "refused"}
# A function's first call starts a process.
MILLISECONDS = 30_000
# Pictures come behind shapes; a white one has no colour that stands out.
PATIENCE = 50
CLEARLY = 40
WIDE = ViewportSize(width=1280, height=800)


@contextmanager
def browser() -> Iterator[Browser]:
    """The one that is installed; that there is none is a failure, unless somebody said so before."""
    path = find()
    if path is None:
        if os.environ.get("NO_BROWSER") == "1":
            pytest.skip("NO_BROWSER=1")
        pytest.fail(MISSING)
    # Chromium has no sandbox for root, as in a container.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=arguments)
        yield found
        found.close()


class Window:
    """One page, in a context of its own: nobody else's session, storage or cache."""

    def __init__(self, system: System, context: BrowserContext) -> None:
        self.system, self.context = system, context
        context.set_default_timeout(MILLISECONDS)
        expect.set_options(timeout=MILLISECONDS)
        self.troubles: list[str] = []
        self.hosts: set[str] = set()
        self.page: Page = context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.troubles.append(f"uncaught: {error}"))
        self.page.on("dialog", self._dialog)
        self.page.on("request", lambda request: self._note(request.url))

    @property
    def start(self) -> str:
        return f"{self.system.api_url}/console/"

    def sign_in(self, user: str, address: str = "") -> None:
        """Through the pool's own page, and back to where one was about to go."""
        self.page.goto(self.start + address)
        self.page.get_by_role("button", name="Sign in").click()
        self.give_password(user)

    def give_password(self, user: str) -> None:
        self.page.get_by_label("Username").fill(user)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(f"{self.start}**")
        expect(self.page.get_by_role("button", name=f"Signed in as {user}")).to_be_visible()

    def open(self, *steps: str, **query: str) -> Page:
        """The page at this address below `#/`, once its heading is there."""
        asked = "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items())
        address = "#/" + "/".join(quote(step, safe="") for step in steps) + (f"?{asked}" if asked else "")
        self.page.evaluate("address => { location.hash = address }", address)
        expect(self.page.locator("main h1")).to_be_visible()
        return self.page

    def heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def picture(self, name: str, *, check: bool = True) -> None:
        """As it is now, light and dark, kept as a result of the build; no rule of WCAG is broken in it."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            self.page.screenshot(path=PICTURES / f"{name}-{scheme}.png")
            if scheme == "light" and os.environ.get("PICTURES") == "write":
                self._show(name)
            dark = scheme == "dark"
            looked_at = name in IN_THE_DARK if dark else check
            found = self.violations(["color-contrast"] if dark else None) if looked_at else []
            assert not found, "\n".join([f"{name}, {scheme}", *found])
        self.page.emulate_media(color_scheme="light")

    def _show(self, name: str) -> None:
        """Where the guide shows it, it is taken for the guide, too."""
        picture = f"pictures/{name}.webp"
        if picture in GUIDE.read_text():
            how = {"format": "webp", "quality": 80}
            found = self.context.new_cdp_session(self.page).send("Page.captureScreenshot", how)
            GUIDE.parent.joinpath(picture).write_bytes(b64decode(found["data"]))

    def colour(self, shown: Locator) -> Colour:
        """In the middle of something that is drawn, as a person sees it."""
        shown.scroll_into_view_if_needed()
        box = shown.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        picture = self.page.screenshot(clip={"x": x, "y": y, "width": 1, "height": 1})
        at, data = 8, b""
        while at < len(picture):
            (size,), kind = struct.unpack_from(">I", picture, at), picture[at + 4 : at + 8]
            data += picture[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
            at += 12 + size
        _, red, green, blue, *_ = zlib.decompress(data)
        return red, green, blue

    def sees(self, colour: Colour, shown: Locator) -> None:
        """What is most of this colour is most of what is seen there: pictures come behind shapes."""
        wanted, found = colour.index(max(colour)), (0, 0, 0)
        for _ in range(PATIENCE):
            found = self.colour(shown)
            if found[wanted] > sorted(found)[1] + CLEARLY:
                break
        assert found[wanted] > sorted(found)[1] + CLEARLY, found

    def violations(self, only: list[str] | None = None) -> list[str]:
        """What axe finds against the rules, and where."""
        self.page.evaluate(f"globalThis.axe ?? (() => {{ {AXE.read_text()} }})()")
        options: dict[str, Any] = {"runOnly": only or {"type": "tag", "values": RULES}, "resultTypes": []}
        found = self.page.evaluate("options => axe.run(document, options)", options)
        return [
            f"{one['id']}: {node['html']} {node['failureSummary']}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    def well(self) -> None:
        """Nothing was said on the console, and nobody else was asked for anything."""
        known = {urlsplit(self.system.api_url).netloc, urlsplit(self.system.endpoint).netloc}
        assert self.hosts <= known, self.hosts - known
        assert not self.troubles, "\n".join(self.troubles)

    def _note(self, url: str) -> None:
        if not url.startswith("blob:"):  # what the page holds itself
            self.hosts.add(urlsplit(url).netloc)

    def _hear(self, message: Any) -> None:
        # The pool's own page has no icon, which the emulator answers by a 404.
        if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
            self.troubles.append(f"{message.text} {message.location['url']}")

    def _dialog(self, dialog: Any) -> None:
        self.troubles.append(f"a script opened a dialog: {dialog.message}")
        dialog.dismiss()
