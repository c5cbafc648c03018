"""The system under test: the real stack on a local AWS emulator, with every function's role enforced."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from local.emulator import free_port
from local.system import System, running_system
from tests.system.documents import documented
from tests.system.templates import Templates

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[System]:
    """One system a session, on free ports, with data of its own: a running `make run` is not touched.

    All of its answers are as the documents of the APIs say.
    """
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def say(step: str) -> None:
        with capture.global_and_fixture_disabled():
            print(f"\n[system] {step} …", end="", flush=True)

    state = tmp_path_factory.mktemp("system")
    templates = Templates(tmp_path_factory.getbasetemp())
    with ExitStack() as open_until_the_end:
        with pytest.MonkeyPatch.context() as patch:
            # Jobs are retried after a hundredth of the time that the stack says (which tests/stack holds).
            patch.setenv("SFN_WAIT_SCALE", "0.01")
            running = open_until_the_end.enter_context(
                running_system(state, free_port(), free_port(), say, templates.synthesize)
            )
        open_until_the_end.enter_context(documented(running.api_url, running.tokens_api_url))
        gather_quickly(running)
        yield running


def gather_quickly(system: System) -> None:
    """Lambda gathers messages for a second in place of five, which tests/stack holds."""
    client = system.client("lambda")
    for mapping in client.list_event_source_mappings()["EventSourceMappings"]:
        if mapping.get("MaximumBatchingWindowInSeconds"):
            client.update_event_source_mapping(UUID=mapping["UUID"], MaximumBatchingWindowInSeconds=1)


@pytest.fixture(scope="package")
def browser() -> Iterator["Browser"]:
    """Started once, which takes a second; it ends with this folder: its loop stands in the way of others."""
    from tests.system.window import browser

    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def chromium(browser: "Browser") -> Iterator["Browser"]:
    """Nothing is open in it when a module begins."""
    yield browser
    for context in browser.contexts:
        context.close()
