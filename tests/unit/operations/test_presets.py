"""Presets that name an asset: checked when the version is asked for, by what its caller may read."""

from collections.abc import Callable
from typing import Any

import pytest
from assetversions.domain.commands.versions import CreateVersion, ResolveVariables, UpdateVersion
from assetversions.domain.errors import Unprocessable
from assetversions.domain.jobs import JobState
from assetversions.domain.model import AssetRef
from assetversions.domain.results.versions import Deferred
from assetversions.domain.variables import Behavior, Given, Kind, Value, Variable
from assetversions.engine import budget
from assetversions.operations.versions.create_version import create_version
from assetversions.operations.versions.resolve_variables import resolve_variables
from assetversions.operations.versions.update_version import update_version
from assetversions.runtime.no_guard import NoGuard

from tests.support import REF, Crash, World, number

LOGO = Variable("logo", Kind.ASSET, Behavior.OVERRIDABLE_PRESET, True, Value("ast_7", 7))
STRANGE = Variable("logo", Kind.ASSET, Behavior.PRESET, True, Value("ast_9", 9))


@pytest.fixture
def two(world: World) -> World:
    """Beside `a1` an asset whose uid is 7, and eight files."""
    world.records.add_asset(world.new_asset(AssetRef("db1", "logo"), 7))
    for index in range(8):
        world.files.put(REF, f"f{index}", b"x")
    return world


def create(world: World, variable: Variable, **facts: Any) -> Any:
    return world.run(create_version, CreateVersion(REF, variables=(variable,), open=True, **facts))


def update(world: World, variable: Variable) -> Any:
    world.create(open=True)
    return world.run(update_version, UpdateVersion(REF, number(1), variables=(variable,)))


@pytest.mark.parametrize("change", [create, update])
def test_a_preset_that_names_an_asset_is_kept(two: World, change: Callable[..., Any]):
    change(two, LOGO)
    (version,) = two.versions()
    assert version.variables is not None
    assert two.contents.variables(version.uid, [version.variables])[version.variables] == (LOGO,)


@pytest.mark.parametrize("readable", [True, False])
@pytest.mark.parametrize("change", [create, update])
def test_one_that_is_not_there_or_may_not_be_read_is_refused_alike(
    two: World, change: Callable[..., Any], readable: bool
):
    if not readable:
        two.guard.rule = lambda _action, thing: thing["asset_id"] != "logo"
    with pytest.raises(Unprocessable) as refused:
        change(two, STRANGE if readable else LOGO)
    assert set(refused.value.problems) == {"variableDefinitions.0.presetValue"}
    assert not any(version.variables for version in two.versions())


@pytest.mark.parametrize("asked", [True, False], ids=["asked for", "too much for a request"])
def test_a_create_that_becomes_a_job_asks_nothing_more(
    two: World, asked: bool, monkeypatch: pytest.MonkeyPatch
):
    """A job works with a guard that allows nothing: all was allowed when it was asked for."""
    if not asked:
        monkeypatch.setattr(budget, "REQUEST_SECONDS", 0)
    deferred = create(two, LOGO, background=asked)
    assert isinstance(deferred, Deferred)
    two.guard = NoGuard()  # type: ignore[assignment]
    job = two.jobs.run(two.services(), deferred.job, Crash)
    assert (job.state, job.error) == (JobState.SUCCEEDED, None)
    assert two.versions()[0].variables is not None


def test_what_would_be_refused_becomes_no_job(two: World):
    with pytest.raises(Unprocessable):
        create(two, STRANGE, background=True)
    assert not two.jobs.commands


def test_an_empty_value_names_no_asset_and_is_taken_where_it_is_allowed(two: World):
    create(two, LOGO)
    found = two.run(resolve_variables, ResolveVariables(REF, number(1), (Given("logo", Value("")),)))
    assert [one.value.text for one in found.variables] == [""]
