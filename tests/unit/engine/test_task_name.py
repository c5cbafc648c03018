"""The name of a restore: the same for the same request alone, and short."""

from assetversions.domain.commands.versions import RevertVersion
from assetversions.domain.jobs import JobKind
from assetversions.engine.restore import run

from tests.support import REF, number


def test_paths_are_told_apart_whatever_is_in_them():
    names = {
        run.task_name(JobKind.REVERT, RevertVersion(REF, number(1), paths=paths), "ann")
        for paths in (("a, b",), ("a", "b"), ("a",), ())
    }
    assert len(names) == 4
    long = RevertVersion(REF, number(1), paths=tuple(f"{index:0600d}" for index in range(1000)))
    assert len(run.task_name(JobKind.REVERT, long, "ann")) < 200


def test_so_are_names_for_the_primary_file():
    commands = [RevertVersion(REF, number(1), name=name) for name in (None, "a.pdf", "b.pdf")]
    assert len({run.task_name(JobKind.REVERT, command, "ann") for command in commands}) == 3
