"""List object versions in stretches side by side: a listing may begin at any text, a key or not."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor
from itertools import islice
from typing import Any

AT_ONCE = 16
# So many pages wait at most for those before them to go by, and a few of each of the next stretches.
WAITING = 64
A_FEW, NEXT = 4, 4
# A cut costs one listing more at most: there are two, and one for so many pages that were listed.
CUTS, PAGES_A_CUT = 2, 8
KINDS = ("Versions", "DeleteMarkers")

Page = dict[str, Any]


class SideBySide:
    """The pages of one prefix, in the order of keys, all object versions of a key in theirs."""

    def __init__(self, client: Any, bucket: str, pool: Executor, prefix: str) -> None:
        self._client = client
        self._where = {"Bucket": bucket, "Prefix": prefix}
        self._pool = pool
        self._listed = self._cuts = 0
        self._stretches = deque([_Stretch({}, None, len(prefix))])

    def pages(self) -> Iterator[Page]:
        """Each as S3 sends it, without what another one shows, too."""
        while self._stretches:
            first = self._stretches[0]
            if first.pages:
                yield first.pages.popleft()
            elif first.over:
                self._stretches.popleft()
            else:
                self._list()

    def _list(self) -> None:
        """One page more of each stretch that has room; some are cut before, as far as that is worth it."""
        behind = self._cut()
        asked = self._asked()
        for stretch, page in zip(asked, self._pool.map(self._page, asked), strict=True):
            self._listed += 1
            stretch.take(page)
        for before, new in behind:
            if new.over and not new.pages:
                before.least = new.level + 1

    def _asked(self) -> "list[_Stretch]":
        """The first one always: it has no page that waits."""
        room = sum(len(one.pages) for one in self._stretches) < WAITING
        fitting = (
            one
            for at, one in enumerate(self._stretches)
            if not one.over and (room or (at < NEXT and len(one.pages) < A_FEW))
        )
        return list(islice(fitting, AT_ONCE))

    def _cut(self) -> "list[tuple[_Stretch, _Stretch]]":
        """Those that were cut, each with the one that lies behind it now."""
        found = list[tuple[_Stretch, _Stretch]]()
        for stretch in reversed(self._asked()):
            room = min(self._listed - 1, CUTS + self._listed // PAGES_A_CUT) - self._cuts
            if room > 0 and (new := stretch.cut()) is not None:
                self._stretches.insert(self._stretches.index(stretch) + 1, new)
                self._cuts += 1
                found.append((stretch, new))
        return found

    def _page(self, stretch: "_Stretch") -> Page:
        page: Page = self._client.list_object_versions(**self._where, **stretch.marker)
        return page


class _Stretch:
    """The keys behind a marker, up to and with `until`; `over` once all of its pages are listed.

    `level` is the character at which it was cut off the stretch before it, `least` the first at which it may
    be cut itself.
    """

    def __init__(self, marker: dict[str, str], until: str | None, least: int, level: int = 0) -> None:
        self.marker = marker
        self.until = until
        self.least = least
        self.level = level
        self.pages = deque[Page]()
        self.over = False
        self._before = self._last = ""

    def take(self, page: Page) -> None:
        """What has just been listed behind the marker."""
        rows = [row["Key"] for kind in KINDS for row in page.get(kind, [])]
        self._before, self._last = self._last or min(rows, default=""), max(rows, default="")
        until = self.until
        beyond = until is not None and self._last > until
        self.over = beyond or not page.get("IsTruncated")
        names = {"KeyMarker": "NextKeyMarker", "VersionIdMarker": "NextVersionIdMarker"}
        self.marker = {name: page[next_] for name, next_ in names.items() if page.get(next_)}
        kept = page if until is None or not beyond else _without_beyond(page, until)
        if any(kept.get(kind) for kind in KINDS):
            self.pages.append(kept)

    def cut(self) -> "_Stretch | None":
        """What lies behind the middle of the rest, cut off; None where there may be less than two pages."""
        if self.over or not self._last:
            return None
        for level in self._levels():
            if middle := self._middle(level):
                new = _Stretch({"KeyMarker": middle}, self.until, self.least, level)
                self.until = middle
                return new
        return None

    def _levels(self) -> range:
        """From the left: where the last page has counted up, and the digits before it of the same number."""
        last = self._last
        counts = min(_alike(self._before, last), len(last) - 1)
        level = counts
        while level > self.least and last[level].isdecimal() and last[level - 1].isdecimal():
            level -= 1
        start = level if self.until is None else _alike(last, self.until)
        return range(max(start, self.least), counts + 1)

    def _middle(self, level: int) -> str | None:
        """Of what may stand there; each half has room for what the last page has shown, at least."""
        last, low, high = self._last, ord(self._last[level]), _end(self._last[level])
        if self.until is not None and self.until[:level] == last[:level] and len(self.until) > level:
            high = min(high, ord(self.until[level]))
        before = self._before[level : level + 1] if self._before[:level] == last[:level] else ""
        span = max(1, low - ord(before)) if before else 1
        middle = (low + high) // 2
        return last[:level] + chr(middle) if min(middle - low, high - middle) >= span else None


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _end(character: str) -> int:
    """The code behind the last one that the character may count up to: a digit, or a letter of its case."""
    for first, last in ("09", "AZ", "az"):
        if first <= character <= last:
            return ord(last) + 1
    return 0


def _without_beyond(page: Page, until: str) -> Page:
    kept = page | {kind: [row for row in page.get(kind, []) if row["Key"] <= until] for kind in KINDS}
    return kept | {"Order": page.get("Order", [])[: sum(len(kept[kind]) for kind in KINDS)]}
