"""`make bench`: measure all, write `bench/results.json` and docs/speed.md, fail where a claim is broken."""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import plan
from bench.checks import checks
from bench.imports import imports
from bench.plan import PEERS, Scenario
from bench.report import write

RESULTS = Path(__file__).with_name("results.json")
ROOT = Path(__file__).parents[1]
PEERS_PYTHON = ROOT / ".local/peers/bin/python"
# Each computes in one process: beside two others it takes longer by the clock, hardly in CPU.
SIDE_BY_SIDE = 2

# glibc gives freed memory back at once; else a child finds room that its high-water mark never shows.
GIVE_BACK = {"MALLOC_TRIM_THRESHOLD_": "131072", "MALLOC_MMAP_THRESHOLD_": "131072"}

Record = dict[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=plan.MANY_MILLIONS, help="files; fewer write no results")
    most = parser.parse_args().most
    started = time.monotonic()
    with ThreadPoolExecutor(SIDE_BY_SIDE) as run_concurrently:
        found = list(run_concurrently.map(lambda lane: _measure(lane, started), plan.lanes(most)))
    records = [record for lane in found for record in lane] + list(imports())
    if most >= plan.MANY_MILLIONS:
        _keep(records)
    verdicts = checks(records)
    for check in verdicts:
        print("holds " if check.holds else "BROKEN", f"{check.name}: {check.found}")
    return 0 if all(check.holds for check in verdicts) else 1


def _keep(records: list[Record]) -> None:
    python = f"Python {platform.python_version()}"
    machine = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, {python}"
    results = {"date": f"{datetime.now(UTC):%Y-%m-%d}", "machine": machine, "records": records}
    rows = ",\n".join(json.dumps(record) for record in records)
    head = json.dumps(results | {"records": []}).removesuffix("[]}")
    RESULTS.write_text(f"{head}[\n{rows}\n]}}\n")
    write(results)


def _measure(lane: list[Scenario], started: float) -> list[Record]:
    """One process for each scenario, one after the other."""
    records: list[Record] = []
    for scenario in lane:
        for record in _records(scenario):
            records.append(record)
            passed, what = (
                int(time.monotonic() - started),
                f"{record['operation']}, {record['files']:,} files",
            )
            print(f"{passed // 60:3d}:{passed % 60:02d}  {record['variant']}: {what}", flush=True)
    return records


def _records(scenario: Scenario) -> Iterator[Record]:
    peer = scenario.variant in PEERS
    python, module = (PEERS_PYTHON, "bench.peers") if peer else (sys.executable, "bench.measure")
    command = [str(python), "-m", module, json.dumps(scenario.to_json())]
    with subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, env=os.environ | GIVE_BACK, stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdout is not None
        yield from map(json.loads, worker.stdout)
    if worker.returncode:
        raise RuntimeError(f"The measurement of {scenario} failed.")


if __name__ == "__main__":
    sys.exit(main())
