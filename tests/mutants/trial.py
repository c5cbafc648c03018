"""One break at a time, in memory, in a process of its own: the tree on the disk is never touched."""

import importlib.abc
import importlib.machinery
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import CodeType
from typing import Any

import pytest

from tests.mutants.places import ROOT, Place, mutated

# Beside what the tests took when nothing was broken; one that takes longer is in a loop.
PATIENCE, FACTOR = 60.0, 10.0
NO_ANSWER = 70
NOT_TRIED = {NO_ANSWER, pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.NO_TESTS_COLLECTED}


@dataclass(frozen=True)
class Trial:
    place: Place
    tests: Sequence[str]
    seconds: float


class Broken(importlib.abc.MetaPathFinder):
    """Imports the one module from the changed tree."""

    def __init__(self, place: Place) -> None:
        self._file = str(ROOT / place.path)
        self._code: CodeType = compile(mutated(place), self._file, "exec")

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is None or spec.origin != self._file:
            return None
        code = self._code

        class Loader(importlib.machinery.SourceFileLoader):
            def get_code(self, fullname: str) -> CodeType:
                return code

        spec.loader = Loader(name, self._file)
        return spec


class Chosen:
    """A plugin of pytest: keeps these tests alone, in this order."""

    def __init__(self, tests: Sequence[str]) -> None:
        self._place = {test: place for place, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted(
            (item for item in items if item.nodeid in self._place), key=lambda item: self._place[item.nodeid]
        )


def try_all(trials: Sequence[Trial], side_by_side: int) -> Iterator[tuple[Place, bool]]:
    """Each place, and whether a test noticed, as they end."""
    waiting, under_way = list(reversed(trials)), dict[int, Place]()
    while waiting or under_way:
        while waiting and len(under_way) < side_by_side:
            trial = waiting.pop()
            under_way[_begin(trial)] = trial.place
        pid, status = os.wait()
        place, code = under_way.pop(pid), os.waitstatus_to_exitcode(status)
        if code in NOT_TRIED:
            sys.exit(f"The tests of {place} could not be run.")
        yield place, code != 0


def _begin(trial: Trial) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = NO_ANSWER
    signal.alarm(int(PATIENCE + FACTOR * trial.seconds))  # ends a process that is in a loop
    try:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        sys.meta_path.insert(0, Broken(trial.place))
        files = sorted({test.split("::")[0] for test in trial.tests})
        options = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", "--tb=no"]
        code = int(pytest.main([*options, *files], plugins=[Chosen(trial.tests)]))
    finally:
        os._exit(code)
