"""For all tests: how hard properties are tried, which tests keep together, AWS's models read once."""

import functools
import os
from collections.abc import Iterator

import botocore.session
import pytest
from hypothesis import settings

# They decide by what they find, never by how long they take; HYPOTHESIS_PROFILE says how hard they try.
settings.register_profile("quick", deadline=None, database=None, max_examples=20, stateful_step_count=20)
settings.register_profile("default", deadline=None, database=None, max_examples=100, stateful_step_count=30)
settings.register_profile("soak", deadline=None, database=None, max_examples=3_000, stateful_step_count=60)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

pytest_plugins = ["tests.support.fixtures"]

# The tests of one of these folders share one emulator.
ON_ONE_EMULATOR = ("system", "strict")
# What takes longest begins first.
LONGEST = (*ON_ONE_EMULATOR, "contract", "property")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Side by side (`-n`), the tests of one emulator keep to one worker, and those of one file to one."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=lambda item: LONGEST.index(_folder(item)) if _folder(item) in LONGEST else len(LONGEST))


def _group(item: pytest.Item) -> str:
    folder = _folder(item)
    if folder in ON_ONE_EMULATOR:
        return folder
    return item.nodeid if folder == "property" else item.nodeid.partition("::")[0]


def _folder(item: pytest.Item) -> str:
    """The kind of test."""
    return item.nodeid.split("/")[1]


@pytest.fixture(autouse=True, scope="session")
def _models_are_read_once() -> Iterator[None]:
    """A new boto3 session reads the models of its services anew, a fifth of a second a client."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(botocore.session, "create_loader", functools.cache(botocore.session.create_loader))
        yield
