"""What `make bench` measures, in pieces that each run in a process of their own."""

from dataclasses import asdict, dataclass
from typing import Any

LATENCY = 0.015
CHANGED = (0, 10, 1_000)
SIZES = (100, 1_000, 10_000, 100_000)
BASELINE_MOST = 1_000
MILLION = 1_000_000
LISTED_FILES = 10
LISTED_VERSIONS = (1, 100, 1_000)

OURS = "ours"
BASELINE = "baseline"


@dataclass(frozen=True)
class Scenario:
    """An asset of `files` files: its first version, then each `changed`; or, with `versions`, the listings.

    `first` measures the first version, too, rather than only making it.
    """

    variant: str
    files: int
    changed: tuple[int, ...] = ()
    versions: tuple[int, ...] = ()
    first: bool = False
    latency: float = LATENCY

    @property
    def by_journal(self) -> bool:
        """Whether each is made by the journal, too: only we have one."""
        return self.variant == OURS and self.files < MILLION

    @property
    def records(self) -> int:
        return len(self.versions) + self.first + (4 + self.by_journal) * len(self.changed)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def lanes(quick: bool, latency: float = LATENCY) -> list[list[Scenario]]:
    """Lanes run side by side: the store in one, where nothing else computes; the baseline only waits."""
    sizes = [size for size in SIZES if not quick or size <= BASELINE_MOST]
    ours = [Scenario(OURS, size, _changed(size), first=True, latency=latency) for size in sizes]
    listing = Scenario(OURS, LISTED_FILES, versions=LISTED_VERSIONS, latency=latency)
    million = [] if quick else [Scenario(OURS, MILLION, CHANGED[1:], first=True, latency=0.0)]
    slow = [
        [Scenario(BASELINE, size, (changed,), first=changed == 0, latency=latency)]
        for size in sizes
        if size <= BASELINE_MOST
        for changed in _changed(size)
    ]
    listed = Scenario(BASELINE, LISTED_FILES, versions=LISTED_VERSIONS, latency=latency)
    return [[*ours, listing, *million], [listed], *slow]


def _changed(size: int) -> tuple[int, ...]:
    return tuple(changed for changed in CHANGED if changed <= size)
