"""The numbers as tables of docs/speed.md, between its two marks."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.checks import checks
from bench.claims import MEASURES, WHY, pairs, value
from bench.plan import BASELINE, DVC, OURS, QUILT
from bench.prices import a_million

PAGE = Path(__file__).parents[1] / "docs/speed.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
ORDER = ("create_first", "create_next", "create_by_journal", "list", "get", "compare", "revert")
OPERATIONS: dict[str, str] = {
    "create_first": "create, first",
    "create_next": "create, listing",
    "create_by_journal": "create, by the journal",
}
OTHERS = {
    (QUILT, "create_first"): "first manifest, `set_dir`",
    (QUILT, "create_next"): "next manifest, `set_dir`",
    (QUILT, "create_by_journal"): "next manifest, `set` of what changed",
    (QUILT, "revert"): "restore: `fetch`",
    (DVC, "create_first"): "add + push",
    (DVC, "create_next"): "add + push of what changed",
    (DVC, "revert"): "restore: pull",
}
WAYS = {BASELINE: "the usual way", QUILT: "quilt3", DVC: "dvc"}

Record = dict[str, Any]
Results = dict[str, Any]


def write(results: Results, page: Path = PAGE) -> None:
    head, _, rest = page.read_text().partition(BEGIN)
    page.write_text(f"{head}{BEGIN}\n{measured(results)}{END}{rest.partition(END)[2]}")


def measured(results: Results) -> str:
    records = results["records"]
    parts = [
        [f"Measured on {results['date']}: {results['machine']}."],
        ["### Ours", "", *_table(OURS_HEAD, (_ours(row) for row in _sorted(records)))],
        ["### Beside the others", "", *_table(BESIDE_HEAD, _beside(records))],
        ["Where another one is ahead:", "", *_reasons(records)],
        ["### A container's start", "", *_table(IMPORTS_HEAD, map(_import, _imports(records)))],
        ["### What does not hold", "", *_broken(records)],
    ]
    return "\n" + "\n\n".join("\n".join(part) for part in parts) + "\n\n"


OURS_HEAD = (
    "operation|files|changed|versions|calls|CPU s|seconds|MB|stored|read units|write units|$ a million"
)
BESIDE_HEAD = "operation|files|beside|calls|CPU|bytes stored|seconds|… one by one"
IMPORTS_HEAD = "function|CPU s|boto3 with its clients|ratio"


def _ours(row: Record) -> list[str]:
    job = " (a job)" if row["job"] else ""
    return [
        _operation(row) + job,
        *(f"{row[name]:,}" for name in ("files", "changed", "versions")),
        f"{value(row, 'calls'):,.0f}",
        f"{row['cpu_seconds']:.3f}",
        f"{row['seconds']:.2f}",
        f"{row['peak_memory_mb']:.0f}",
        _bytes(row["bytes_stored"]),
        f"{row['read_units']:,}",
        f"{row['write_units']:,}",
        "" if row["job"] else f"{a_million(row):,.2f}",
    ]


def _beside(records: list[Record]) -> Iterator[list[str]]:
    """How many times as much the other takes."""
    for ours, other in sorted(pairs(records), key=lambda pair: (pair[1]["files"], _place(pair[1]))):
        way = f"{WAYS[other['variant']]} {other.get('release', '')}".strip()
        how = OTHERS.get((other["variant"], other["operation"]))
        yield [
            _operation(ours),
            f"{ours['files']:,}",
            f"{way}: {how}" if how else way,
            *(_ratio(value(other, name), value(ours, name)) for name in MEASURES),
            _ratio(other["seconds_one_by_one"], ours["seconds"]) if other["variant"] == BASELINE else "",
        ]


def _reasons(records: list[Record]) -> Iterator[str]:
    behind = {
        (other["variant"], other["operation"], name)
        for ours, other in pairs(records)
        for name in MEASURES
        if value(other, name) < value(ours, name)
    }
    for variant, operation, name in sorted(behind):
        reason = WHY.get((variant, operation, name), "not explained")
        yield f"- {WAYS[variant]}, {operation.replace('_', ' ')}, {MEASURES[name]}: {reason}"


def _broken(records: list[Record]) -> list[str]:
    found = [f"- {check.name}: {check.found}" for check in checks(records) if not check.holds]
    return found or ["All [claims](#claims) hold."]


def _import(row: Record) -> list[str]:
    cpu, floor = row["cpu_seconds"], row["floor_seconds"]
    return [f"`{row['variant']}`", f"{cpu:.2f}", f"{floor:.2f}", f"{cpu / floor:.2f}"]


def _table(head: str, rows: Iterable[list[str]]) -> Iterator[str]:
    names = head.split("|")
    yield f"| {' | '.join(names)} |"
    yield "|" + "---|" * len(names)
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _sorted(records: list[Record]) -> list[Record]:
    ours = [row for row in records if row["variant"] == OURS]
    return sorted(ours, key=lambda row: (row["files"], row["changed"], row["versions"], _place(row)))


def _imports(records: list[Record]) -> list[Record]:
    return [row for row in records if row["operation"] == "import"]


def _operation(row: Record) -> str:
    name = str(row["operation"])
    return OPERATIONS.get(name, name)


def _place(row: Record) -> int:
    return ORDER.index(row["operation"])


def _ratio(other: float, ours: float) -> str:
    if not ours:
        return "the same" if not other else "none of ours"
    ratio = other / ours
    return f"{ratio:,.0f} ×" if ratio >= 10 else f"{ratio:.2g} ×"


def _bytes(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.1f} kB"
