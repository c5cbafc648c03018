"""Models are drawn as a version has them, alone and two beside each other; what can't be is said."""

from collections.abc import Iterator
from typing import Any
from zipfile import ZIP_DEFLATED

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from local.system import System
from tests.support.media import Colour, glb, gltf, made, obj, ply, png, stl, usdz, vase
from tests.system.client import Asset, new_asset
from tests.system.window import Window

# Nobody here has a graphics card: each pixel costs.
SMALL = ViewportSize(width=820, height=640)
GREEN, RED = (20, 160, 60), (200, 40, 40)
DOCUMENT, DATA = gltf("../data/square%201.bin", "textures/skin.png")
# A few bytes that a reader would make 12 GB of.
BOMB = b"""{"asset": {"version": "2.0"}, "scenes": [{"nodes": [0]}], "scene": 0, "nodes": [{"mesh": 0}],
"meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
"accessors": [{"componentType": 5126, "count": 1000000000, "type": "VEC3"}]}"""
PACKED = ("draco.glb", "meshopt.glb", "ktx2.glb", "uastc.glb")
FILES = {
    "scene/square.gltf": DOCUMENT,
    "scene/square.glb": glb(DOCUMENT.replace(b'"uri": "../data/square%201.bin", ', b""), DATA),
    "scene/square.obj": obj("square.mtl"),
    "scene/square.mtl": b"newmtl one\nKd 1 1 1\nmap_Kd -s 1 1 1 textures/skin.png\n",
    "scene/square.stl": stl(),
    "scene/square.ply": ply(GREEN),
    "scene/points.ply": ply(),
    "scene/square.usdz": usdz(png(GREEN)),
    "scene/vase.obj": vase("square.mtl"),
    "scene/torn.glb": b"glTF and no more",
    "scene/torn.ktx2.glb": made("ktx2.glb")[:-200] + b"\xff" * 200,
    "scene/torn.draco.glb": made("draco.glb")[:-120] + b"\xff" * 120,
    "scene/alone.gltf": gltf("../data/square%201.bin", "nowhere.png")[0],
    "scene/large.gltf": DOCUMENT.replace(b'"byteLength": 92', b'"byteLength": 200000000'),
    "scene/bomb.glb": glb(BOMB, b""),
    "scene/rig.fbx": b"Kaydara FBX Binary",
    "data/square 1.bin": DATA,
    "scene/textures/skin.png": png(GREEN),
    **{f"scene/{name}": made(name) for name in PACKED},
}
# The page keeps what it has of the graphics card, counted as it takes and gives back, and what it draws with.
COUNTED = """
globalThis.held = { Buffer: 0, Texture: 0, Program: 0, Framebuffer: 0, VertexArray: 0 };
globalThis.drawn = [];
for (const name of Object.keys(held)) {
    const { prototype } = WebGL2RenderingContext;
    const [create, remove] = [prototype[`create${name}`], prototype[`delete${name}`]];
    prototype[`create${name}`] = function () { held[name] += 1; return create.call(this); };
    prototype[`delete${name}`] = function (one) { if (one) held[name] -= 1; return remove.call(this, one); };
}
const get = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...how) {
    const found = get.call(this, kind, ...how);
    if (kind === "webgl2" && !drawn.includes(found)) drawn.push(found);
    return found;
};
"""


# Asked with each frame.
RESTING = """() => {
    const canvases = [...document.querySelectorAll('.stage.model canvas')];
    const now = canvases.map(one => one.toDataURL());
    const blank = canvases.some((one, at) =>
        now[at] === Object.assign(document.createElement('canvas'),
            { width: one.width, height: one.height }).toDataURL());
    const rests = canvases.length > 0 && !blank && globalThis.lately?.join() === now.join();
    globalThis.lately = rests ? undefined : now;
    return rests && now;
}"""
COMPARED = """before => {
    const canvases = [...document.querySelectorAll('.stage.model canvas')];
    return canvases.length === before.length && canvases.every((one, at) => one.toDataURL() %s before[at]);
}"""
SAME, OTHER = COMPARED % "===", COMPARED % "!=="


@pytest.fixture(scope="module")
def asset(system: System) -> Asset:
    """Its texture is green in version 1 and red in version 2, and its vase has grown."""
    found = new_asset(system, FILES | {"scene/bomb.usdz": usdz(b" " * 101_000_000, ZIP_DEFLATED)})
    assert found.create().status_code == 200
    found.put("scene/textures/skin.png", png(RED))
    found.put("scene/vase.obj", vase("square.mtl", 0.7, 32, 12))
    found.put("scene/square.stl", b"no model at all")
    assert found.create().status_code == 200
    return found


@pytest.fixture(scope="module")
def signed_in(system: System, chromium: Browser, asset: Asset) -> Window:
    found = Window(system, chromium.new_context(viewport=SMALL))
    found.page.add_init_script(COUNTED)
    found.sign_in("viewer")
    return found


@pytest.fixture
def window(signed_in: Window) -> Iterator[Window]:
    yield signed_in
    signed_in.well()


def shown(window: Window, asset: Asset, path: str, version: int = 1) -> Page:
    page = window.open(asset.database_id, asset.asset_id, "v", str(version), file=f"scene/{path}")
    expect(page.locator(".stage.model canvas")).to_be_visible()
    return page


def pictures(page: Page) -> Any:
    """Of all models, once each is drawn and rests: what changes is drawn with the frame after."""
    return page.wait_for_function(RESTING).json_value()


@pytest.mark.parametrize(
    ("path", "version", "colour", "triangles"),
    [
        ("square.glb", 1, GREEN, 2),
        ("square.gltf", 2, RED, 2),
        ("square.obj", 2, RED, 2),
        ("square.ply", 1, GREEN, 2),
        ("square.usdz", 1, GREEN, 2),
        ("draco.glb", 1, GREEN, 128),
        ("meshopt.glb", 1, GREEN, 128),
        ("ktx2.glb", 1, GREEN, 8),
        ("uastc.glb", 1, GREEN, 8),
    ],
)
def test_a_model_has_the_texture_of_its_version(
    window: Window, asset: Asset, path: str, version: int, colour: Colour, triangles: int
) -> None:
    page = shown(window, asset, path, version)
    expect(page.get_by_text(f"{triangles} triangles · 1 × 1 × 0")).to_be_visible()
    window.sees(colour, page.locator(".stage.model"))
    expect(page.locator(".preview .notice")).to_have_count(0)


def test_a_model_without_textures_is_shown_and_turned_by_keys(window: Window, asset: Asset) -> None:
    page = shown(window, asset, "square.stl")
    before = pictures(page)
    page.locator(".stage.model").focus()
    for key in ("ArrowLeft", "Shift+ArrowUp", "+"):
        page.keyboard.press(key)
    page.wait_for_function(OTHER, arg=before)
    page.keyboard.press("0")
    page.wait_for_function(SAME, arg=before)
    page.get_by_role("button", name="Wires").click()
    shown(window, asset, "points.ply")
    expect(page.get_by_text("4 points · 1 × 1 × 0")).to_be_visible()
    shown(window, asset, "vase.obj")
    expect(page.get_by_text("480 triangles")).to_be_visible()
    window.picture("model")


def test_what_is_missing_or_torn_is_said(window: Window, asset: Asset) -> None:
    page = shown(window, asset, "alone.gltf")
    expect(page.get_by_text("1 file that the model names is not in this version.")).to_be_visible()
    window.troubles = [one for one in window.troubles if "404" not in one]
    shown(window, asset, "torn.ktx2.glb")
    expect(page.get_by_text("1 texture of the model can't be drawn.")).to_be_visible()
    for path, said in (
        ("torn.glb", "This model can't be shown."),
        ("torn.draco.glb", "This model can't be shown."),
        ("rig.fbx", "There is no preview of this kind of file."),
    ):
        window.open(asset.database_id, asset.asset_id, "v", "1", file=f"scene/{path}")
        expect(page.locator(".empty").get_by_text(said)).to_be_visible()
    window.open(asset.database_id, asset.asset_id, "v", "1", file="scene/large.gltf")
    expect(page.get_by_text("This model has 200 MB.")).to_be_visible()
    expect(page.get_by_role("button", name="Show it")).to_be_visible()
    window.open(asset.database_id, asset.asset_id, "v", "1", file="scene/bomb.usdz")
    expect(page.get_by_text("This model has 101 MB.")).to_be_visible()
    window.open(asset.database_id, asset.asset_id, "v", "1", file="scene/bomb.glb")
    expect(page.get_by_text("This model has 12 GB: more than a browser can show.")).to_be_visible()


def test_two_versions_turn_together(window: Window, asset: Asset) -> None:
    page = window.open(asset.database_id, asset.asset_id, "compare", "1", "2", file="scene/vase.obj")
    stages = page.locator(".stage.model")
    expect(stages).to_have_count(2)
    row = page.get_by_role("row", name="Triangles")
    expect(row).to_have_text("Triangles480768+288")
    expect(page.get_by_role("row", name="Width")).to_have_text("Width1.3591.705+0.346")
    expect(page.get_by_role("row", name="Height")).to_have_text("Height1.61.6None")
    window.sees(GREEN, stages.first)
    window.sees(RED, stages.last)
    stages.first.scroll_into_view_if_needed()
    window.picture("compare-model")
    before = pictures(page)
    stages.first.drag_to(
        stages.first, source_position={"x": 40, "y": 90}, target_position={"x": 140, "y": 60}
    )
    page.wait_for_function(OTHER, arg=before)
    page.locator(".models").focus()
    page.keyboard.press("0")
    page.wait_for_function(SAME, arg=before)
    page.get_by_role("button", name="Slider").click()
    page.get_by_label("How much of the first model is seen").fill("90")
    window.sees(GREEN, page.locator(".models"))
    window.picture("compare-model-slider", check=False)
    page.get_by_role("button", name="Difference").click()
    expect(page.get_by_text("Black is the same in both")).to_be_visible()
    window.open(asset.database_id, asset.asset_id, "compare", "1", "2", file="scene/square.stl")
    expect(page.locator(".models figure").last).to_contain_text("This model can't be shown.")
    expect(stages).to_have_count(1)


def test_a_model_that_is_the_same_is_seen_with_textures_that_are_not(window: Window, asset: Asset) -> None:
    page = shown(window, asset, "square.glb")
    page.get_by_role("button", name="Compare with working files").click()
    expect(page.get_by_text("This file is the same in both.")).to_be_visible()
    window.sees(GREEN, page.locator(".stage.model").first)
    window.sees(RED, page.locator(".stage.model").last)
    expect(page.locator(".model-facts .differs")).to_have_count(0)


def test_what_the_graphics_card_lets_go_of_is_drawn_again(window: Window, asset: Asset) -> None:
    page = shown(window, asset, "square.glb")
    pictures(page)
    page.evaluate(
        "drawn.findLast(one => !one.isContextLost()).getExtension('WEBGL_lose_context').loseContext()"
    )
    expect(page.get_by_text("The graphics card has let go of this model.")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    window.sees(GREEN, page.locator(".stage.model"))
    page.route("**/unpack_meshes*", lambda route: route.abort())
    window.open(asset.database_id, asset.asset_id, "v", "1", file="scene/meshopt.glb")
    expect(page.get_by_text("What unpacks this model did not come.")).to_be_visible()
    page.unroute("**/unpack_meshes*")
    window.troubles = [one for one in window.troubles if "ERR_FAILED" not in one]
    page.get_by_role("button", name="Try again").click()
    window.sees(GREEN, page.locator(".stage.model"))


def test_twenty_models_leave_nothing_behind(window: Window, asset: Asset) -> None:
    page, held = window.page, []
    for times in (1, 9):
        for path in ["vase.obj", "ktx2.glb"] * times:
            shown(window, asset, path)
        window.open(asset.database_id, asset.asset_id, "v", "1", file="data/square 1.bin")
        expect(page.get_by_text("There is no preview")).to_be_visible()
        held.append(page.evaluate("({...held})"))
    assert held[0] == held[1]
    assert page.evaluate("drawn.filter(one => !one.isContextLost()).length") == 1


def test_only_what_unpacks_models_may_compile(window: Window, asset: Asset) -> None:
    """And that is a script of its own, which the policy of the page does not reach."""
    page = shown(window, asset, "square.glb")
    scripts = []
    page.on("worker", lambda worker: scripts.append(worker.url))
    shown(window, asset, "meshopt.glb")
    policy = page.request.get(scripts[0]).headers["content-security-policy"]
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy
    assert policy.count("unsafe") == 1
    assert "connect-src 'self';" in policy
    compiles = (
        "WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => 'yes', () => 'no')"
    )
    assert page.evaluate(compiles) == "no"
    window.troubles = [one for one in window.troubles if "WebAssembly" not in one]
