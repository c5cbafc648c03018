"""For all tests: how hard properties are tried, which tests keep together, AWS's models read once."""

import functools
import importlib
import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import botocore.session
import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

# They decide by what they find, never by how long they take; HYPOTHESIS_PROFILE says how hard they try.
settings.register_profile("quick", deadline=None, database=None, max_examples=20, stateful_step_count=20)
settings.register_profile("default", deadline=None, database=None, max_examples=100, stateful_step_count=30)
settings.register_profile("soak", deadline=None, database=None, max_examples=3_000, stateful_step_count=60)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

# `make check` has the templates validated; here that would take CDK six seconds of each of its processes.
os.environ["CDK_VALIDATION"] = "false"

pytest_plugins = ["tests.support.fixtures"]

# The tests of one of these folders share what takes long to make: an emulator, or the templates …
TOGETHER = ("system", "strict", "stack")
# … but these have another system, and these, which mostly wait for events, a third: each a third by time.
OTHER_SYSTEMS = {
    "the second system": (
        "access_matrix",
        "access_rules",
        "changes",
        "disguise",
        "events",
        "examples",
        "jobs",
        "mail",
        "persons",
        "races",
        "states",
        "walks",
        "webhooks",
    ),
    "the third system": (
        "arrivals",
        "autodesk_bytes",
        "automatic",
        "console",
        "console_acts",
        "console_admin",
        "console_history",
        "console_hostile",
        "console_large",
        "console_media",
        "console_models",
        "console_sign_in",
        "console_upload",
        "large",
        "redrive",
        "schedule",
    ),
}
# What takes longest begins first.
LONGEST = (*TOGETHER, "contract", "simulation", "property", "malformed")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Of all tests each worker compiles a part, for all workers: in a new checkout that takes seconds."""
    mine = getattr(session.config, "workerinput", None)
    if mine is None or session.config.args != session.config.getini("testpaths"):
        return
    root = session.config.rootpath
    modules = sorted(root.glob("tests/**/test_*.py"))[int(mine["workerid"][2:]) :: mine["workercount"]]
    for module in modules:
        with suppress(ImportError, SyntaxError):  # whoever collects it says so
            importlib.import_module(".".join(module.relative_to(root).with_suffix("").parts))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def rank(item: pytest.Item) -> int:
        folder = _folder(item.nodeid)
        return LONGEST.index(folder) if folder in LONGEST else len(LONGEST)

    items.sort(key=rank)


class ByFolderOrFile(LoadScopeScheduling):
    """Side by side (`-n`), what is shared, a folder or a file, keeps to one worker."""

    def _split_scope(self, nodeid: str) -> str:
        folder = _folder(nodeid)
        if folder == "system":
            file = nodeid.partition(".py")[0].partition("/test_")[2]
            return next((name for name, files in OTHER_SYSTEMS.items() if file in files), folder)
        if folder in TOGETHER:
            return folder
        return nodeid if folder in ("property", "simulation", "malformed") else nodeid.partition("::")[0]


def pytest_xdist_auto_num_workers() -> int:
    """Three more than there are cores, since three or four wait for an emulator most of the time."""
    return (os.cpu_count() or 1) + 3


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFolderOrFile:
    return ByFolderOrFile(config, log)


def _folder(nodeid: str) -> str:
    """The kind of test."""
    return nodeid.split("/")[1]


@pytest.fixture(autouse=True, scope="session")
def _models_are_read_once() -> Iterator[None]:
    """A new boto3 session reads the models of its services anew, a fifth of a second a client."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(botocore.session, "create_loader", functools.cache(botocore.session.create_loader))
        yield
