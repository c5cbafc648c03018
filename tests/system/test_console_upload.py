"""People bring files into an asset in the console: by dropping a folder, whatever comes between."""

import re
from collections.abc import Iterator
from os import urandom
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from local.system import System
from tests.system.client import new_asset
from tests.system.window import WIDE, Window

MIB = 1024**2
LINK = re.compile("X-Amz-Signature")
SECOND_PART = re.compile("partNumber=2&")


@pytest.fixture(scope="module")
def signed_in(system: System, chromium: Browser) -> Window:
    window = Window(system, chromium.new_context(viewport=WIDE))
    window.sign_in("editor")
    return window


@pytest.fixture
def window(signed_in: Window) -> Iterator[Window]:
    """An editor's; what a test breaks on purpose it takes from the troubles itself."""
    yield signed_in
    signed_in.page.unroute_all(behavior="ignoreErrors")
    signed_in.well()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as it lies on a disk, with what systems leave in it."""
    files = {
        "README.md": b"# The lamp\n",
        "empty.txt": b"",
        ".DS_Store": b"left behind",
        "textures/<img src=x onerror=alert(1)>.png": b"a picture",
        **{f"textures/{number:02}.bin": urandom(100 + number) for number in range(20)},
        "scan.bin": urandom(MIB),
    }
    lamp = tmp_path / "lamp"
    for path, data in files.items():
        (lamp / path).parent.mkdir(parents=True, exist_ok=True)
        (lamp / path).write_bytes(data)
    return lamp


def contents(folder: Path) -> dict[str, bytes]:
    """All files, but for what nobody means to send."""
    files = (one for one in folder.rglob("*") if one.is_file() and one.name != ".DS_Store")
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in files}


def packed(folder: Path) -> int:
    """The bytes of those that are small enough for a pack."""
    return sum(size for data in contents(folder).values() if (size := len(data)) <= MIB // 2)


def drop(page: Page, path: Path) -> None:
    """As a hand does it, with a folder of the disk."""
    session = page.context.new_cdp_session(page)
    what = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    for step in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": step, "x": 640, "y": 500, "data": what})
        if step == "dragOver":
            expect(page.get_by_text("Drop it here, to send it to")).to_be_visible()


def choose(page: Page, folder: Path) -> None:
    page.locator("input[data-choice=folder]").set_input_files(folder)
    expect(page.get_by_role("button", name=re.compile("^Send"))).to_be_enabled()


def send(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Send")).click()


def forget(window: Window, *said: str) -> None:
    """What a test has broken on purpose."""
    window.troubles = [one for one in window.troubles if not any(word in one for word in said)]


def test_a_dropped_folder_becomes_one_version_though_the_network_fails(
    window: Window, system: System, folder: Path
) -> None:
    asset = new_asset(system)
    page = window.open(asset.database_id, "asset")
    drop(page, folder)
    expect(page.get_by_role("heading", name="Upload files")).to_be_visible()
    page.get_by_role("button", name="24 new").click()
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.get_by_role("option").filter(has_text=".DS_Store")).to_contain_text("Left there by a system")
    page.get_by_role("button", name="24 new").click()
    page.get_by_label("Comment").fill("All of it")
    page.get_by_label("Alias").fill("latest")
    expect(page.get_by_role("button", name=re.compile("^Send"))).to_be_disabled()
    page.get_by_label("Alias").fill("first")
    window.picture("upload-plan")
    failing = iter((True, True))
    page.route(LINK, lambda route: route.abort() if next(failing, False) else route.continue_())
    send(page)
    page.get_by_role("link", name="Version 1").click()
    window.heading("Version 1")
    page.get_by_role("complementary", name="Upload").get_by_role("button", name="Put it away").click()
    forget(window, "ERR_FAILED")
    assert asset.contents() == contents(folder)
    (version,) = asset.versions()
    assert (version["comment"], version["versionAliases"]) == ("All of it", ["first"])


def test_only_what_differs_is_sent_and_seen_among_the_working_files(
    window: Window, system: System, folder: Path
) -> None:
    asset = new_asset(system, {path: data for path, data in contents(folder).items() if path != "empty.txt"})
    assert asset.create().status_code == 200
    (folder / "README.md").write_bytes(b"# The LAMP\n")
    page = window.open(asset.database_id, "asset", "upload")
    choose(page, folder)
    for text in ("1 new", "1 in place of another", "22 there already"):
        expect(page.get_by_role("button", name=text, exact=True)).to_be_visible()
    page.get_by_label("Make a version of it").uncheck()
    send(page)
    expect(page.get_by_text("2 files are there.")).to_be_visible()
    window.picture("upload-done")
    page.get_by_role("link", name="Working files").click()
    expect(page.get_by_text("1 added", exact=True)).to_be_visible()
    page.get_by_label("Only these").check()
    expect(page.get_by_role("treeitem")).to_have_count(2)
    page.get_by_role("treeitem").filter(has_text="README.md").click()
    expect(page.locator("pre >> text=# The LAMP")).to_be_visible()
    window.picture("working")
    assert len(asset.versions()) == 1


def test_what_broke_off_goes_on_where_it_was_once_the_folder_is_chosen_again(
    system: System, chromium: Browser, folder: Path
) -> None:
    asset = new_asset(system)
    (folder / "scan.bin").write_bytes(urandom(17 * MIB))
    address = f"#/{asset.database_id}/asset/upload"
    window = Window(system, chromium.new_context(viewport=WIDE))
    window.sign_in("editor", address)
    window.page.route(SECOND_PART, lambda _: None)
    choose(window.page, folder)
    # The pack of all small files, and the first of two parts.
    arrived = iter(range(1, 3))
    with window.page.expect_event(
        "requestfinished", lambda request: request.method == "PUT" and next(arrived) == 2
    ):
        send(window.page)
    expect(window.page.get_by_text("0 of 24 files")).to_be_visible()
    sent = window.page.get_by_label("How far the upload is")
    expect(sent).to_have_js_property("value", 17 * MIB // 2 + packed(folder))
    leave = "() => dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    assert window.page.evaluate(leave) is False, "who leaves is asked first"
    window.page.close()

    window = Window(system, window.context)
    window.sign_in("editor", address)
    page = window.page
    expect(page.get_by_text("An upload of 24 files broke off.")).to_be_visible()
    window.picture("upload-broken")
    puts: list[str] = []
    page.on("request", lambda request: puts.append(request.url) if request.method == "PUT" else None)
    choose(page, folder)
    send(page)
    expect(page.get_by_role("link", name="Version 1")).to_be_visible()
    assert [bool(SECOND_PART.search(url)) for url in puts] == [True], "what had arrived is not sent twice"
    assert asset.contents() == contents(folder)
    page.get_by_role("button", name="Upload more").click()
    expect(page.get_by_text("Drop files or a whole folder")).to_be_visible()
    expect(page.get_by_text("broke off")).to_have_count(0)
    window.well()
    window.context.close()


def test_what_fails_is_named_with_its_reason_and_is_sent_again_alone(
    window: Window, system: System, folder: Path
) -> None:
    """One file changes on the disk; over another one somebody else writes a newer."""
    asset = new_asset(system)
    page = window.open(asset.database_id, "asset", "working")
    drop(page, folder)
    expect(page.get_by_role("button", name=re.compile("^Send 24 files"))).to_be_enabled()
    (folder / "README.md").write_bytes(b"# Changed meanwhile\n")

    def be_first(route: Route) -> None:
        asset.put("scan.bin", b"theirs")
        route.continue_()

    page.route("**/complete", be_first)
    send(page)
    expect(page.get_by_text("2 files failed. No version was made.")).to_be_visible()
    page.unroute("**/complete")
    files = page.get_by_role("listbox", name="The files of the upload")
    expect(files.get_by_role("option", name="README.md")).to_contain_text("changed on the disk")
    expect(files.get_by_role("option", name="scan.bin")).to_contain_text(
        "something newer stands at 'scan.bin'"
    )
    window.picture("upload-failed")
    assert asset.numbers() == [0]
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("link", name="Version 1")).to_be_visible()
    forget(window, "409", "ERR_UPLOAD_FILE_CHANGED")
    assert asset.contents() == contents(folder)


def test_who_may_not_is_told_so_and_a_phone_has_room_for_it(
    system: System, chromium: Browser, folder: Path
) -> None:
    asset = new_asset(system)
    window = Window(system, chromium.new_context(viewport=ViewportSize(width=320, height=640)))
    window.sign_in("viewer", f"#/{asset.database_id}/asset/upload")
    page = window.page
    fits = "document.documentElement.scrollWidth <= innerWidth"
    window.picture("phone-upload-begin")
    assert page.evaluate(fits)
    choose(page, folder)
    assert page.evaluate(fits)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("You may not do this.")
    expect(page.get_by_role("alert")).to_contain_text("Your roles: viewer")
    assert page.evaluate(fits)
    window.picture("phone-upload-refused")
    forget(window, "403")
    window.well()
    window.context.close()
