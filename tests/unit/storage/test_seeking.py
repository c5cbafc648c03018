"""What a listing tells of entries is true of them, wherever it ends; the rest is left to be asked for."""

from collections.abc import Iterator
from typing import Any

import pytest
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import AssetRef
from assetversions.storage.s3 import seeking
from assetversions.storage.s3.object_keys import AssetsBucket
from assetversions.storage.s3.seeking import seek
from hypothesis import given
from hypothesis import strategies as st

REF = AssetRef("db1", "a1")
BUCKET = AssetsBucket("assets", "studio/")
# By path, newest first: an object version, or a delete marker.
HISTORIES = st.dictionaries(
    st.text("abc/é", min_size=1, max_size=4),
    st.lists(st.booleans(), min_size=1, max_size=6),
    max_size=8,
)


def pages(histories: dict[str, list[bool]], size: int) -> Iterator[dict[str, Any]]:
    """As S3 lists them: a page says where the next one begins, if one does."""
    rows = [
        (path, {"Key": BUCKET.key(REF, path), "VersionId": f"{path} {index}", "IsLatest": index == 0}, marker)
        for path, history in sorted(histories.items())
        for index, marker in enumerate(history)
    ]
    for start in range(0, len(rows) or 1, size):
        some = rows[start : start + size]
        page: dict[str, Any] = {
            "Versions": [row for _, row, marker in some if not marker],
            "DeleteMarkers": [row for _, row, marker in some if marker],
        }
        more = start + size < len(rows)
        yield page | ({"NextKeyMarker": some[-1][1]["Key"]} if more else {})


@given(HISTORIES, st.data(), st.integers(1, 5), st.integers(0, 3))
def test_what_was_seen_is_so_and_nothing_else_is_told(
    histories: dict[str, list[bool]], data: st.DataObject, size: int, worth: int
):
    """An entry's object version may be there or gone, and its path hidden or not."""
    paths = sorted(data.draw(st.sets(st.sampled_from(sorted(histories) or ["a"]))))
    numbers = {path: data.draw(st.integers(0, 6)) for path in paths}
    entries = [Entry(path, f"{path} {numbers[path]}", 1, "e", 1) for path in paths]
    there = {
        path
        for path in paths
        if numbers[path] < len(history := histories.get(path, [])) and not history[numbers[path]]
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seeking, "WORTH", worth)
        seen = seek(pages(histories, size), BUCKET, REF, entries)
    told = {entry.path for entry in entries} - {entry.path for entry in seen.rest}
    assert seen.rows.keys() & told == there & told
    assert not seen.rows.keys() & {entry.path for entry in seen.rest}
    hidden = {path for path in paths if histories.get(path, [False])[0]}
    assert seen.deleted & told == hidden & told
    if worth == 0:
        assert seen.rest == []
