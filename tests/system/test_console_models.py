"""A model is shown with the buffers and textures that its own version has."""

import struct
import zlib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from local.system import System
from tests.support.media import Colour, glb, gltf, obj, ply, png, stl
from tests.system.client import Asset, new_asset
from tests.system.window import Window

# Nobody here has a graphics card: each pixel costs.
SMALL = ViewportSize(width=820, height=640)
PATIENCE = 50
GREEN, RED = (20, 160, 60), (200, 40, 40)
DOCUMENT, DATA = gltf("../data/square%201.bin", "textures/skin.png")
LIBRARY = b"newmtl one\nKd 1 1 1\nmap_Kd -s 1 1 1 textures/skin.png\n"
FILES = {
    "scene/square.gltf": DOCUMENT,
    "scene/square.glb": glb(DOCUMENT.replace(b'"uri": "../data/square%201.bin", ', b""), DATA),
    "scene/square.obj": obj("square.mtl"),
    "scene/square.mtl": LIBRARY,
    "scene/square.stl": stl(),
    "scene/square.ply": ply(),
    "scene/torn.glb": b"glTF and no more",
    "scene/alone.gltf": gltf("../data/square%201.bin", "nowhere.png")[0],
    "data/square 1.bin": DATA,
    "scene/textures/skin.png": png(GREEN),
}


@pytest.fixture(scope="module")
def asset(system: System) -> Asset:
    """Its texture is green in version 1 and red in version 2."""
    found = new_asset(system, FILES)
    assert found.create().status_code == 200
    found.put("scene/textures/skin.png", png(RED))
    assert found.create().status_code == 200
    return found


@pytest.fixture(scope="module")
def window(system: System, chromium: Browser, asset: Asset) -> Iterator[Window]:
    found = Window(system, chromium.new_context(viewport=SMALL))
    found.sign_in("viewer")
    yield found
    found.well()


def shown(window: Window, asset: Asset, path: str, version: int = 1) -> None:
    page = window.open(asset.database_id, asset.asset_id, "v", str(version), file=f"scene/{path}")
    expect(page.locator(".stage.model canvas")).to_be_visible()


def middle(window: Window) -> Colour:
    """The colour in the middle of the model, as a person sees it."""
    box = window.page.locator(".stage.model").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    picture = window.page.screenshot(clip={"x": x, "y": y, "width": 1, "height": 1})
    at, data = 8, b""
    while at < len(picture):
        (size,), kind = struct.unpack_from(">I", picture, at), picture[at + 4 : at + 8]
        data += picture[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += 12 + size
    _, red, green, blue, *_ = zlib.decompress(data)
    return red, green, blue


@pytest.mark.parametrize(
    ("path", "version", "colour"),
    [("square.glb", 1, GREEN), ("square.obj", 2, RED)],
)
def test_a_model_has_the_texture_of_its_version(
    window: Window, asset: Asset, path: str, version: int, colour: Colour
) -> None:
    shown(window, asset, path, version)
    expect(window.page.get_by_text("2 triangles · 1 × 1 × 0")).to_be_visible()
    wanted = colour.index(max(colour))
    # The picture comes behind the shape; a white square has no colour that stands out.
    for _ in range(PATIENCE):
        found = middle(window)
        if found[wanted] > sorted(found)[1] + 40:
            break
    assert found[wanted] > sorted(found)[1] + 40, found
    window.picture(f"model-{version}", check=version == 1)


def test_a_model_without_textures_is_shown_and_turned_by_keys(window: Window, asset: Asset) -> None:
    shown(window, asset, "square.stl")
    window.page.locator(".stage.model").focus()
    for key in ("ArrowLeft", "0"):
        window.page.keyboard.press(key)
    window.page.get_by_role("button", name="Wires").click()
    window.page.get_by_role("button", name="Show all").click()


def test_what_is_missing_is_named_and_what_is_torn_is_said(window: Window, asset: Asset) -> None:
    shown(window, asset, "alone.gltf")
    expect(window.page.get_by_text("1 file that the model names is not in this version.")).to_be_visible()
    window.troubles = [one for one in window.troubles if "404" not in one]
    page = window.open(asset.database_id, asset.asset_id, "v", "1", file="scene/torn.glb")
    expect(page.get_by_text("This model can't be shown.")).to_be_visible()
