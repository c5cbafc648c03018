"""Tell whether two files hold the same bytes where their ETags do not: S3 is asked for checksums."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.manifests.merge import has_checksum, same_bytes, tell_bytes
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.files import Files

Row = TypeVar("Row")
Pair = tuple[Entry | None, Entry | None]

# How many pairs a request asks about at most: two requests to S3 for each.
PAIRS = 1_000
AT_ONCE = 100
# How many rows wait for the answers.
ROWS = 1_000


def tell(
    files: Files,
    ref: AssetRef,
    rows: Iterable[Row],
    sides: Callable[[Row], Pair],
    asked: Callable[[int], None] = lambda _: None,
) -> Iterator[tuple[Row, bool | None]]:
    """Each row, in order, with whether both its sides are there and hold the same bytes.

    None for what would take more than `PAIRS` questions; `asked` hears how many
    requests these make.
    """
    waiting: list[tuple[Row, bool | None]] = []
    left = PAIRS
    for row in rows:
        told = _told(*sides(row))
        to_ask = told is None and left > 0
        if not to_ask and not waiting:
            yield row, told
            continue
        waiting.append((row, told))
        left -= to_ask
        if left == 0 or len(waiting) == ROWS or _questions(waiting) == AT_ONCE:
            yield from _asked(files, ref, waiting, sides, asked)
            waiting = []
    yield from _asked(files, ref, waiting, sides, asked)


def _told(one: Entry | None, other: Entry | None) -> bool | None:
    return False if one is None or other is None else tell_bytes(one, other)


def _questions(waiting: Iterable[tuple[object, bool | None]]) -> int:
    return sum(told is None for _, told in waiting)


def _asked(
    files: Files,
    ref: AssetRef,
    waiting: list[tuple[Row, bool | None]],
    sides: Callable[[Row], Pair],
    asked: Callable[[int], None],
) -> Iterator[tuple[Row, bool]]:
    """The same rows, told by what S3 says; what it can't tell either is not the same."""
    both = [entry for row, told in waiting if told is None for entry in sides(row) if entry is not None]
    unknown = [entry for entry in both if not has_checksum(entry)]
    asked(len(unknown))
    answers = iter(files.with_checksums(ref, unknown))
    checked = iter([entry if has_checksum(entry) else next(answers) for entry in both])
    for row, told in waiting:
        yield row, same_bytes(next(checked), next(checked)) if told is None else told
