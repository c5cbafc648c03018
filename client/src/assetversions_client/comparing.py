"""What differs between two versions, or between one and the working files."""

from typing import Annotated

from msgspec import Meta, Struct, field

from assetversions_client.http import Http
from assetversions_client.wire import AssetRef, Body, onward, step


class Side(Body, frozen=True):
    """One of the two; its number is `working` for the files of now."""

    number: Annotated[str, Meta(pattern="^([0-9]{1,10}|working)$")] = field(name="Version")
    file_count: int | None = None
    total_size: int | None = None


class Held(Body, frozen=True):
    """A file as one side has it."""

    version_id: str
    size: int
    etag: str


class Change(Body, frozen=True):
    """`status` is added, removed or changed."""

    relative_key: str
    status: str
    a: Held | None = None
    b: Held | None = None


class Rename(Struct, frozen=True):
    """The same bytes at another path."""

    before: str = field(name="from")
    after: str = field(name="to")


class Renames(Body, frozen=True):
    """How many there are, and the first hundred."""

    count: int = 0
    files: list[Rename] = field(default_factory=list)


class Word(Body, frozen=True):
    """A value of metadata."""

    metadata_value: str = ""
    metadata_value_type: str = ""


class Saying(Body, frozen=True):
    """What is said otherwise of the asset (`file_path` is `/`) or of a file."""

    type: str
    file_path: str
    metadata_key: str
    status: str
    a: Word | None = None
    b: Word | None = None


class Totals(Body, frozen=True):
    """`unchecked` counts changed ones whose bytes nobody has asked about yet."""

    added: int = 0
    removed: int = 0
    changed: int = 0
    added_bytes: int = 0
    removed_bytes: int = 0
    unchecked: int = 0


class Comparison(Struct, frozen=True):
    """All that differs."""

    a: Side
    b: Side
    totals: Totals
    files: list[Change]
    renames: Renames
    metadata: list[Saying]


class _Page(Body, frozen=True):
    version_a: Side
    version_b: Side
    totals: Totals | None = None
    files: list[Change] = field(default_factory=list)
    renames: Renames | None = None
    metadata: list[Saying] = field(default_factory=list)
    next_token: str | None = field(name="NextToken", default=None)


def compare(http: Http, ref: AssetRef, a: str, b: str) -> Comparison:
    """All pages of it; names that move meanwhile are taken as they are at first."""
    first = _page(http, ref, a, b, None)
    a, b = first.version_a.number, first.version_b.number
    found = list(onward(first, lambda token: _page(http, ref, a, b, token)))
    return Comparison(
        first.version_a,
        first.version_b,
        first.totals or Totals(),
        [one for page in found for one in page.files],
        first.renames or Renames(),
        [one for page in found for one in page.metadata],
    )


def changes(http: Http, ref: AssetRef, a: str, b: str) -> list[Change] | None:
    """The files that differ; None where they do not fit one page."""
    page = _page(http, ref, a, b, None)
    return page.files if page.next_token is None else None


def _page(http: Http, ref: AssetRef, a: str, b: str, token: str | None) -> _Page:
    return http.get(f"{ref.path}/compareVersions/{step(a)}/{step(b)}", _Page, startingToken=token)
