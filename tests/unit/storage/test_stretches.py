"""A listing in stretches side by side shows what one listing after the other does, wherever it is cut."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from assetversions.storage.s3.side_by_side import KINDS, SideBySide
from hypothesis import example, given, settings
from hypothesis import strategies as st

PREFIX = "db1/a1/"
NAMES = st.one_of(
    st.integers(0, 999).map("f{:03}".format), st.text("0189azAZ %+\x01é\U0001f600/", min_size=1, max_size=4)
)
# By name, newest first: object versions, or delete markers.
HISTORIES = st.dictionaries(NAMES, st.lists(st.sampled_from(KINDS), min_size=1, max_size=4), max_size=150)


class Bucket:
    """Lists so many rows a page, behind any text."""

    def __init__(self, histories: dict[str, list[str]], size: int) -> None:
        keys = sorted(histories, key=str.encode)
        self.rows = [(PREFIX + key, f"v{at}", kind) for key in keys for at, kind in enumerate(histories[key])]
        self._size = size

    def list_object_versions(self, **asked: str) -> dict[str, Any]:
        place = asked.get("KeyMarker", "").encode(), asked.get("VersionIdMarker", "w")
        rest = [row for row in self.rows if (row[0].encode(), row[1]) > place]
        some = rest[: self._size]
        page: dict[str, Any] = {"IsTruncated": len(rest) > len(some), "Order": [kind for *_, kind in some]}
        for kind in KINDS:
            page[kind] = [{"Key": key, "VersionId": version} for key, version, own in some if own == kind]
        if page["IsTruncated"]:
            page |= {"NextKeyMarker": some[-1][0], "NextVersionIdMarker": some[-1][1]}
        return page


# Each cut is a key that is there, with more object versions than a page has.
DIGITS = {f"{number:03}": [KINDS[0]] * 4 for number in range(120)}


@settings(max_examples=60, deadline=None)
@given(HISTORIES, st.integers(1, 12))
@example(DIGITS, 3)
@example({f"{name}": [KINDS[0]] * 4 for name in "0123456789"}, 3)
def test_each_object_version_is_shown_once_and_in_order(histories: dict[str, list[str]], size: int):
    bucket, found = Bucket(histories, size), list[tuple[str, str, str]]()
    with ThreadPoolExecutor(1) as pool:
        for page in SideBySide(bucket, "assets", pool, PREFIX).pages():
            rows = {kind: iter(page.get(kind, [])) for kind in KINDS}
            for kind in page["Order"]:
                row = next(rows[kind])
                found.append((row["Key"], row["VersionId"], kind))
            assert not any(map(list, rows.values()))
    assert found == bucket.rows
