"""Which tests run which lines of the core, and how long they take: measured once a state of the tree."""

import json
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path

import coverage
import pytest

from tests.mutants.places import AUTHZ, CORE, ROOT, Place, function_lines

# The quick tiers, and those that see what a request costs.
TIERS = (
    "tests/unit",
    "tests/dialects",
    "tests/property",
    "tests/integration/access",
    "tests/integration/lifecycle",
    "tests/integration/storage",
    "tests/integration/cost/test_cost.py",
    "tests/contract/test_contract.py",
)
DECLARED = "tests/unit/runtime/test_paths.py"
KEPT = ROOT / "build/mutants"
# Slow under measurement: they fill pages with a thousand files, or measure time themselves.
LEFT_OUT = "not cut_at_a_thousand and not of_cpu"


@dataclass
class Covering:
    """`tests` by file and line; the lines of each file that run when it is `imported`; `seconds` by test."""

    tests: dict[str, dict[int, list[str]]] = field(default_factory=dict)
    imported: dict[str, set[int]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def of(self, place: Place) -> list[str]:
        """The tests that run the place, quickest first.

        What runs when its module is imported concerns every test that calls something of it, whichever
        imports it, and those that look at what all modules declare; of a module that only declares, every
        test there is.
        """
        lines = self.tests.get(place.path, {})
        first, last = place.lines
        found = {test for line in range(first, last + 1) for test in lines.get(line, ())}
        if place.at_import or (not found and place.line in self.imported.get(place.path, ())):
            called = function_lines(place.path)
            found = {test for line, tests in lines.items() if line in called for test in tests}
            found |= {test for test in self.seconds if not found or test.startswith(DECLARED)}
        return sorted(found, key=lambda test: self.seconds.get(test, 0.0))


def measure() -> Covering:
    """Each tier in a process of its own; one that was measured in this state of the tree is not run again."""
    whole = Covering()
    for tier in TIERS:
        kept = KEPT / f"{tier.replace('/', '-')}-{_state(tier)}.json"
        if not kept.exists():
            print(f"Measuring what {tier} runs …", flush=True)
            _in_child(partial(_measure, tier, kept))
        found = json.loads(kept.read_text())
        whole.seconds |= found["seconds"]
        for path, lines in found["lines"].items():
            mine = whole.tests.setdefault(path, {})
            for line, tests in lines.items():
                mine.setdefault(int(line), []).extend(test for test in tests if test)
                if "" in tests:
                    whole.imported.setdefault(path, set()).add(int(line))
    return whole


def _state(tier: str) -> str:
    """Of the product and of everything that the tier's tests are made of."""
    folders = [ROOT / "layers", ROOT / "tests/support", ROOT / tier, ROOT / "tests/contract"]
    found = [path for folder in folders for path in ([folder] if folder.is_file() else folder.rglob("*.py"))]
    digest = sha256()
    for path in sorted(set(found)):
        digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _in_child(work: Callable[[], None]) -> None:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    if os.waitpid(pid, 0)[1]:
        sys.exit("The tests that show what runs where did not pass: mend them first.")


class Watch:
    """A plugin of pytest: names the test that runs to coverage, and notes how long it took."""

    def __init__(self, measuring: coverage.Coverage) -> None:
        self._measuring = measuring
        self.seconds: dict[str, float] = defaultdict(float)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._measuring.switch_context(item.nodeid)
        yield
        self._measuring.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration


def _measure(tier: str, kept: Path) -> None:
    sources = [str(CORE), str(AUTHZ)]
    measuring = coverage.Coverage(data_file=None, source=sources, config_file=False)
    watch = Watch(measuring)
    measuring.start()
    code = pytest.main(["-q", "-p", "no:cacheprovider", "-k", LEFT_OUT, tier], plugins=[watch])
    measuring.stop()
    if code:
        raise SystemExit(int(code))
    data = measuring.get_data()
    files = {str(Path(file).relative_to(ROOT)): file for file in data.measured_files()}
    lines = {name: data.contexts_by_lineno(file) for name, file in files.items()}
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps({"lines": lines, "seconds": watch.seconds}))
