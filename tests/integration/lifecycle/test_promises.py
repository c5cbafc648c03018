"""Property: whatever callers do, and however they overtake each other, promise 4 holds after each call."""

from collections.abc import Callable
from typing import Any

from assetversions.domain.commands.common import Page
from assetversions.domain.commands.content import InlineContent
from assetversions.domain.commands.history import GetHistory
from assetversions.domain.commands.versions import (
    ArchiveVersion,
    CloneVersion,
    CreateVersion,
    DeleteVersion,
    PublishVersion,
    UnarchiveVersion,
    UpdateVersion,
)
from assetversions.domain.commits import Event
from assetversions.domain.errors import Error
from assetversions.domain.model import Asset, State, Version
from assetversions.engine.operation import Operation
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.clone_version import clone_version
from assetversions.operations.versions.create_version import create_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.get_history import get_history
from assetversions.operations.versions.publish_version import publish_version
from assetversions.operations.versions.unarchive_version import unarchive_version
from assetversions.operations.versions.update_version import update_version
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import REF
from tests.support import number as numbered
from tests.support.aws_world import MemoryWorld

TEXT = InlineContent("text", "text/html", "content.html")
NAMES = ("gold", "silver", "green")
ALIASES = st.sampled_from(NAMES)
OTHERS = st.lists(ALIASES, unique=True).map(tuple)
NUMBERS = st.integers(1, 4).map(numbered)
YES_OR_NO = st.booleans()


def calls(operation: Operation, command: Callable[..., Any], **facts: Any) -> Any:
    return st.tuples(st.just(operation), st.builds(command, st.just(REF), **facts))


CALL = st.one_of(
    calls(create_version, CreateVersion, alias=st.none() | ALIASES, content=st.just(TEXT), open=YES_OR_NO),
    calls(publish_version, PublishVersion, version=NUMBERS),
    calls(archive_version, ArchiveVersion, version=NUMBERS, keep_current=YES_OR_NO),
    calls(unarchive_version, UnarchiveVersion, version=NUMBERS),
    calls(delete_version, DeleteVersion, version=NUMBERS),
    calls(clone_version, CloneVersion, version=NUMBERS, publish=YES_OR_NO),
    calls(
        update_version,
        UpdateVersion,
        version=NUMBERS,
        alias=ALIASES | st.just(""),
        other_aliases=st.none() | OTHERS,
        move_alias=YES_OR_NO,
    ),
    calls(update_version, UpdateVersion, version=NUMBERS, protected=YES_OR_NO),
    calls(update_version, UpdateVersion, version=NUMBERS, content=st.just(TEXT)),
)
# How many commits ago the caller read the head: others came first.
AGE = st.integers(0, 3)


def everything(world: MemoryWorld) -> tuple[Asset, list[Version], list[Event]]:
    return world.head(), world.versions(), world.events()


def check_promises(world: MemoryWorld, head: Asset, versions: list[Version], _events: list[Event]) -> None:
    listed = [version for version in versions if version.state is not State.DELETED]
    published = [version.number for version in versions if version.state is State.PUBLISHED]
    aliases = {name: version.number for version in versions for name in version.aliases}
    assert published == ([] if head.published is None else [head.published])
    assert (head.current is not None) == bool(listed)
    assert head.current is None or head.current in {version.number for version in listed}
    assert len(aliases) == sum(len(version.aliases) for version in versions)
    assert all(world.records.alias(REF, name) == aliases.get(name) for name in NAMES)
    assert [version.number for version in versions] == list(range(head.latest, 0, -1))
    past = GetHistory(REF, Page(10), at=world.clock.now())
    recorded = world.run(get_history, past).pointers
    assert (recorded.current, recorded.published, recorded.aliases) == (head.current, head.published, aliases)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(CALL, AGE), min_size=4, max_size=12))
def test_one_current_one_published_unique_aliases_whatever_callers_do(steps: list[Any]) -> None:
    world = MemoryWorld()
    state = everything(world)
    heads: list[Asset] = [state[0]]
    for (operation, command), age in steps:
        refused = False
        try:
            world.run(operation, command, head=heads[max(0, len(heads) - 1 - age)])
        except Error:
            refused = True
        after = everything(world)
        assert not refused or after == state
        check_promises(world, *after)
        heads.append(after[0])
        state = after
