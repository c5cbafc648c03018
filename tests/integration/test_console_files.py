"""The gateway serves the console's own files with their headers, and nothing from beside them."""

from pathlib import Path

import pytest

from local.console import Console
from local.emulator import free_port
from local.gateway import Gateway

FILES = "http://127.0.0.1:1/bucket/"
PACKS = "http://127.0.0.1:1/other/packs/"


@pytest.fixture
def console(tmp_path: Path) -> Console:
    build = tmp_path / "console"
    build.mkdir()
    (build / "index.html").write_text("the page")
    (build / "main-ABC.js").write_text("the script")
    (build / "unpack_meshes-ABC.js").write_text("a decoder")
    (tmp_path / "secret.txt").write_text("nobody's business")
    return Console(FILES, PACKS, "http://127.0.0.1:1/oauth2/", build)


def test_it_answers_below_its_own_path_alone(console: Console) -> None:
    assert all(map(console.answers, ("/console", "/console?x=1", "/console/", "/console/main.js?x")))
    assert not any(map(console.answers, ("/", "/consoles", "/database/console/", "/api/console/")))


def test_a_file_comes_with_its_type_and_policy(console: Console) -> None:
    for path, body, kept in (
        ("/console/", b"the page", "no-cache"),
        ("/console/?code=1", b"the page", "no-cache"),
        ("/console/main-ABC.js", b"the script", "public, max-age=31536000, immutable"),
    ):
        status, headers, found = console.answer("GET", path)
        told = dict(headers)
        assert (status, found, told["Cache-Control"]) == (200, body, kept)
        assert f"connect-src 'self' blob: data: {FILES} {PACKS} " in told["Content-Security-Policy"]
        assert told["X-Content-Type-Options"] == "nosniff"


def test_what_unpacks_models_may_compile_and_reaches_nobody_else(console: Console) -> None:
    _, headers, _ = console.answer("GET", "/console/unpack_meshes-ABC.js")
    policy = dict(headers)["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self';" in policy
    _, headers, _ = console.answer("GET", "/console/main-ABC.js")
    assert "unsafe" not in dict(headers)["Content-Security-Policy"]


def test_the_query_is_kept_on_the_way_to_the_page(console: Console) -> None:
    status, headers, _ = console.answer("GET", "/console?code=1")
    assert (status, headers) == (302, [("Location", "/console/?code=1")])


@pytest.mark.parametrize("name", ["../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt", "none.js", "%00"])
def test_nothing_else_is_found(console: Console, name: str) -> None:
    assert console.answer("GET", f"/console/{name}")[0] == 404


def test_it_is_only_read(console: Console) -> None:
    assert console.answer("POST", "/console/")[0] == 405


def test_one_that_is_not_built_says_what_to_do(tmp_path: Path) -> None:
    status, _, body = Console(FILES, PACKS, FILES, tmp_path).answer("GET", "/console/")
    assert (status, b"make setup" in body) == (503, True)


def test_a_browser_that_has_gone_is_no_trouble(capsys: pytest.CaptureFixture[str]) -> None:
    with Gateway(free_port(), "http://127.0.0.1:1", "api", None) as server:
        for error, told in ((BrokenPipeError(), False), (ValueError("a slip"), True)):
            try:
                raise error
            except (BrokenPipeError, ValueError):
                server.handle_error(None, ("127.0.0.1", 1))
            assert ("a slip" in capsys.readouterr().err) is told
