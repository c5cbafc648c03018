"""What `make bench` measures, in pieces that each run in a process of their own."""

from dataclasses import asdict, dataclass
from typing import Any

CHANGED = (0, 10, 1_000)
SIZES = (100, 1_000, 10_000, 100_000)
# Where ours stands beside the others.
BESIDE = (1_000, 10_000)
FEW_CHANGED = 10
MILLION, MANY_MILLIONS = 1_000_000, 5_000_000
LISTED_FILES = 10
LISTED_VERSIONS = (1, 100, 1_000)

OURS = "ours"
BASELINE = "baseline"
QUILT, DVC = "quilt3", "dvc"
PEERS = (QUILT, DVC)


@dataclass(frozen=True)
class Scenario:
    """An asset of `files` files: its first version, then each `changed`; or, with `versions`, the listings.

    `first` measures the first version, too, rather than only making it; the least CPU of `times` counts.
    """

    variant: str
    files: int
    changed: tuple[int, ...] = ()
    versions: tuple[int, ...] = ()
    first: bool = False
    times: int = 1

    @property
    def wired(self) -> bool:
        """Whether the real clients are asked: to read a million files through them takes too long here."""
        return self.files < MILLION

    @property
    def by_journal(self) -> bool:
        """Whether each is made by the journal, too: only we have one."""
        return self.variant == OURS and self.wired

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def lanes(most: int = MANY_MILLIONS) -> list[list[Scenario]]:
    """Lanes may run side by side; no size above `most`."""
    sizes = [size for size in SIZES if size <= most]
    beside = [size for size in BESIDE if size <= most]
    ours = [Scenario(OURS, size, _changed(size), first=True, times=_times(size)) for size in sizes]
    listing = Scenario(OURS, LISTED_FILES, versions=LISTED_VERSIONS, times=3)
    slow = [Scenario(BASELINE, size, (FEW_CHANGED,), first=True) for size in beside]
    large = [Scenario(OURS, MILLION, (FEW_CHANGED,), first=True), Scenario(OURS, MANY_MILLIONS, first=True)]
    jobs = [scenario for scenario in large if scenario.files <= most]
    peers = [Scenario(peer, size, (FEW_CHANGED,), first=True) for peer in PEERS for size in beside]
    return [[*ours, listing], peers, slow, jobs]


def _times(size: int) -> int:
    return 3 if size <= max(BESIDE) else 1


def _changed(size: int) -> tuple[int, ...]:
    if size > max(BESIDE):
        return (FEW_CHANGED,)
    return tuple(changed for changed in CHANGED if changed <= size)
