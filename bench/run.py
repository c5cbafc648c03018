"""`make bench`: measure everything, show it, write `bench/results.json`, fail where a promise is broken."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bench import plan
from bench.checks import checks
from bench.plan import Scenario
from bench.report import show

RESULTS = Path(__file__).with_name("results.json")
ROOT = Path(__file__).parents[1]

# glibc gives freed memory back at once; else a child finds room that its high-water mark never shows.
GIVE_BACK = {"MALLOC_TRIM_THRESHOLD_": "131072", "MALLOC_MMAP_THRESHOLD_": "131072"}

Record = dict[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="no more than 1,000 files")
    lanes = plan.lanes(parser.parse_args().quick)
    columns = TextColumn("{task.description:48}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns) as progress:
        total = sum(scenario.records for lane in lanes for scenario in lane)
        task = progress.add_task("measuring", total=total)

        def tell(record: Record) -> None:
            done = f"{record['variant']}: {record['operation']}, {record['files']:,} files"
            progress.update(task, advance=1, description=done)

        with ThreadPoolExecutor(len(lanes)) as run_concurrently:
            found = list(run_concurrently.map(lambda lane: _measure(lane, tell), lanes))
    records = [record for lane in found for record in lane]
    write(records, RESULTS)
    verdicts = checks(records)
    show(records, verdicts)
    return 0 if all(check.holds for check in verdicts) else 1


def write(records: list[Record], path: Path) -> None:
    path.write_text("[\n" + ",\n".join(json.dumps(record) for record in records) + "\n]\n")


def _measure(lane: list[Scenario], tell: Callable[[Record], None]) -> list[Record]:
    """One process for each scenario, one after the other."""
    records: list[Record] = []
    for scenario in lane:
        command = [sys.executable, "-m", "bench.measure", json.dumps(scenario.to_json())]
        with subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=os.environ | GIVE_BACK, stdout=subprocess.PIPE, text=True
        ) as worker:
            assert worker.stdout is not None
            for line in worker.stdout:
                records.append(json.loads(line))
                tell(records[-1])
        if worker.returncode:
            raise RuntimeError(f"The measurement of {scenario} failed.")
    return records


if __name__ == "__main__":
    sys.exit(main())
