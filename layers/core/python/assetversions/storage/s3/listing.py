"""List the working files beside the manifest that they matched last, in ranges that show one moment each."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from assetversions.domain.errors import Busy
from assetversions.domain.manifests.manifest import Entry, PathChange
from assetversions.domain.manifests.merge import pair
from assetversions.domain.model import AssetRef
from assetversions.domain.ports.files import Reading
from assetversions.storage.s3.listed import Listed
from assetversions.storage.s3.object_keys import AssetsBucket

BATCH = 1000
LISTS_AHEAD = 16
# How often a listing and its HEADs may disagree.
AGREEMENTS = 5

Item = TypeVar("Item")
# The newest file at a path; None where there is none.
Head = Callable[[AssetRef, str], Entry | None]


class Range(NamedTuple):
    """The objects between two paths, and how many listings it took to see them."""

    after: str
    until: str | None
    objects: list[Listed]
    pages: int


class Listing:
    """Ranges end where pages of the manifest end, so that they can be asked for side by side on `pool`."""

    def __init__(self, client: Any, bucket: AssetsBucket, pool: Executor, head: Head) -> None:
        self._client = client
        self._bucket = bucket
        self._pool = pool
        self._head = head

    def beside(self, ref: AssetRef, base: Iterable[Entry], reading: Reading) -> Iterator[PathChange]:
        for listed, known in self._listed_beside(ref, base, reading):
            yield from self._agreed(ref, listed, known, reading)

    def _agreed(
        self, ref: AssetRef, listed: Range, known: list[Entry], reading: Reading
    ) -> Iterator[PathChange]:
        """The rows of a range, listed again for as long as a HEAD tells otherwise than the listing."""
        for attempt in range(AGREEMENTS):
            found = listed if attempt == 0 else self._list(ref, listed.after, listed.until, reading)
            reading.listings += found.pages
            pairs = list(pair(found.objects, known))
            heads = [self._head_if_changed(ref, *row) for row in pairs]
            rows = [_row(*row, head) for row, head in zip(pairs, heads, strict=True)]
            if None not in rows:
                yield from (row for row in rows if row is not None)
                return
        raise Busy("Files of this asset change faster than they can be read; send the request again.")

    def _listed_beside(
        self, ref: AssetRef, base: Iterable[Entry], reading: Reading
    ) -> Iterator[tuple[Range, list[Entry]]]:
        """The listing in ranges that end where pages of the base end, `LISTS_AHEAD` of them under way.

        A range whose keys did not become more is one request, as it would be in sequence.
        """
        under_way: deque[tuple[Future[Range], list[Entry]]] = deque()
        start = ""
        for before, last in _pages(base):
            end = None if last else before[-1].path
            under_way.append((self._pool.submit(self._list, ref, start, end, reading), before))
            start = end or ""
            if len(under_way) == LISTS_AHEAD:
                listing, page = under_way.popleft()
                yield listing.result(), page
        for listing, page in under_way:
            yield listing.result(), page

    def _list(self, ref: AssetRef, after: str, until: str | None, reading: Reading) -> Range:
        """The objects behind the path `after`, up to and with `until`."""
        start = {"StartAfter": self._bucket.key(ref, after)} if after else {}
        paginator = self._client.get_paginator("list_objects_v2")
        found: list[Listed] = []
        pages = 0
        for page in paginator.paginate(Bucket=self._bucket.name, Prefix=self._bucket.key(ref, ""), **start):
            pages += 1
            reading.watch()
            for row in page.get("Contents", []):
                if path := self._bucket.path(ref, row):
                    modified = int(row["LastModified"].timestamp())
                    found.append(Listed(path, row["Size"], row["ETag"].strip('"'), modified))
            if until is not None and found and found[-1].path >= until:
                found = [listed for listed in found if listed.path <= until]
                break
        return Range(after, until, found, pages)

    def _head_if_changed(
        self, ref: AssetRef, listed: Listed | None, before: Entry | None
    ) -> Future[Entry | None] | None:
        """A HEAD under way for a file that is not as `before`; None where none is needed."""
        if listed is None or listed == (before and (before.path, before.size, before.etag, before.modified)):
            return None
        return self._pool.submit(self._head, ref, listed.path)


def _row(listed: Listed | None, known: Entry | None, head: Future[Entry | None] | None) -> PathChange | None:
    """None where the HEAD under way shows another file than the listing, or none."""
    if listed is None:
        assert known is not None
        return PathChange(known.path, known, None)
    if head is None:
        return PathChange(listed.path, known, known)
    found = head.result()
    if found is None or listed != (found.path, found.size, found.etag, found.modified):
        return None
    return PathChange(listed.path, known, found)


def _pages(base: Iterable[Entry]) -> Iterator[tuple[list[Entry], bool]]:
    """The base in pages as long as a listing's, the last one marked; one empty page for an empty base."""
    page: list[Entry] = []
    for batch in batches(base, BATCH):
        if page:
            yield page, False
        page = batch
    yield page, True


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
