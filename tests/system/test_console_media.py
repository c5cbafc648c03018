"""Film and sound of a version are played, and begin wherever somebody wants: the bucket gives parts."""

from playwright.sync_api import Browser, ViewportSize, expect

from local.system import System
from tests.support.media import made, wav
from tests.system.client import new_asset
from tests.system.window import Window

GREEN, RED = (20, 160, 60), (200, 40, 40)
GO = """async (player, seconds) => {
    const there = new Promise(resolve => player.addEventListener("seeked", resolve, { once: true }));
    player.currentTime = seconds;
    await there;
    return player.duration;
}"""


def test_film_and_sound_begin_where_one_wants(system: System, chromium: Browser) -> None:
    asset = new_asset(system, {"clip.webm": made("clip.webm"), "click.wav": wav(3), "torn.mp4": b"no film"})
    assert asset.create().status_code == 200
    window = Window(system, chromium.new_context(viewport=ViewportSize(width=820, height=640)))
    parts: list[str] = []
    window.page.on("response", lambda reply: parts.append(reply.headers.get("content-range", "")))
    window.sign_in("viewer")
    page = window.open(asset.database_id, asset.asset_id, "v", "1", file="clip.webm")
    film = page.locator("video")
    film.evaluate("player => { player.controls = false; }")  # they lie over its middle
    window.sees(RED, film)
    assert 3.5 < film.evaluate(GO, 3) < 4.5
    window.sees(GREEN, film)
    film.evaluate("async player => { await player.play(); player.pause(); player.controls = true; }")
    window.picture("film")
    window.open(asset.database_id, asset.asset_id, "v", "1", file="click.wav")
    assert 2.9 < page.locator("audio").evaluate(GO, 2) < 3.1
    assert any(part.startswith("bytes 0-") for part in parts)
    window.open(asset.database_id, asset.asset_id, "v", "1", file="torn.mp4")
    expect(page.get_by_text("The browser can't play this file.")).to_be_visible()
    window.well()
