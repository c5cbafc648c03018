"""The bytes around the files of an archive are those that others read it by."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

import pytest
from assetversions.domain import zips
from assetversions.domain.manifests.manifest import Entry
from hypothesis import given
from hypothesis import strategies as some

AT = int(datetime(2026, 3, 15, 10, 30, 4, tzinfo=UTC).timestamp())
NAMES = some.text(some.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)


def entry(path: str, size: int, modified: int = AT) -> Entry:
    return Entry(path, "v", size, "etag", modified)


def packed(files: dict[str, bytes]) -> bytes:
    found, rows, start = b"", b"", 0
    for path, body in files.items():
        one, crc = entry(path, len(body)), crc32(body)
        found += zips.before(one, crc) + body + zips.behind(one, crc)
        rows += zips.row(one, crc, start)
        start += zips.room(one)
    assert len(found) == start
    return found + rows + zips.end(len(files), start, len(rows))


@given(some.dictionaries(NAMES, some.binary(max_size=9), max_size=6), some.integers(0, 9))
def test_what_is_packed_is_what_python_unpacks_under_its_exact_name(files: dict[str, bytes], whole: int):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zips, "WHOLE", whole)
        with zipfile.ZipFile(io.BytesIO(packed(files))) as archive:
            assert archive.testzip() is None
            assert [info.orig_filename for info in archive.infolist()] == list(files)
            assert [archive.read(info) for info in archive.infolist()] == list(files.values())


def test_a_file_has_its_time_and_may_be_read_by_its_owner_and_a_folder_be_entered():
    files = {"in/": b"", "in/a.txt": b"a"}
    with zipfile.ZipFile(io.BytesIO(packed(files))) as archive:
        folder, file = archive.infolist()
        assert (folder.is_dir(), file.is_dir()) == (True, False)
        assert (folder.external_attr >> 16, file.external_attr >> 16) == (0o040755, 0o100644)
        assert file.date_time == (2026, 3, 15, 10, 30, 4)


def test_what_is_older_than_a_zip_can_tell_is_as_old_as_it_can():
    old = entry("a", 1, modified=0)
    archive = zips.before(old, 0) + b"a" + (row := zips.row(old, 0, 0))
    with zipfile.ZipFile(io.BytesIO(archive + zips.end(1, 32, len(row)))) as found:
        assert found.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


class Sparse(io.RawIOBase):
    """A file of which only what stands in `parts` is there, each at its place."""

    def __init__(self, size: int, parts: dict[int, bytes]) -> None:
        self._size, self._parts, self._at = size, parts, 0

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + (0, self._at, self._size)[whence]
        if self._at < 0:
            raise OSError("before the beginning")
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1) -> Any:
        stop = self._size if size < 0 else min(self._size, self._at + size)
        start, self._at = self._at, max(stop, self._at)
        for place, data in self._parts.items():
            if place <= start < place + len(data):
                return data[start - place : stop - place]
        return b""


def sparse(entries: list[Entry], body: bytes) -> Sparse:
    """Their records without the bytes, but for the last one's, and the directory."""
    parts, rows, start = {}, b"", 0
    for one in entries:
        crc = crc32(body)
        parts[start] = zips.before(one, crc) + (body if one is entries[-1] else b"")
        rows += zips.row(one, crc, start)
        start += zips.room(one)
    parts[start] = rows + (end := zips.end(len(entries), start, len(rows)))
    return Sparse(start + len(rows) + len(end), parts)


@pytest.mark.parametrize("size", [2**32 - 2, 2**32 - 1, 2**32, 2**40])
def test_a_file_behind_four_gibibytes_is_found_and_its_size_told(size: int):
    small = entry("small.txt", 4)
    with zipfile.ZipFile(sparse([entry("large.bin", size), small], b"text")) as archive:
        assert [info.file_size for info in archive.infolist()] == [size, 4]
        assert archive.read("small.txt") == b"text"


def many(count: int) -> Iterator[Entry]:
    return (entry(f"{number:06d}", 0) for number in range(count))


@pytest.mark.parametrize("count", [65_534, 65_535, 65_536, 100_000])
def test_more_files_than_sixteen_bits_count_are_all_there(count: int):
    files, rows = bytearray(), bytearray()
    for one in many(count):
        rows += zips.row(one, 0, len(files))
        files += zips.before(one, 0)
    archive = bytes(files + rows) + zips.end(count, len(files), len(rows))
    with zipfile.ZipFile(io.BytesIO(archive)) as found:
        assert [info.filename for info in found.infolist()] == [one.path for one in many(count)]


def test_only_what_needs_the_wide_fields_has_them():
    """Who can't read them can read what has no need of them."""
    small = entry("a", 1)
    assert b"PK\6\6" not in zips.end(0xFFFE, 1, 1)
    assert b"PK\6\6" in zips.end(0xFFFF, 1, 1)
    assert b"PK\6\6" in zips.end(1, 0xFFFFFFFF, 1)
    assert len(zips.row(small, 0, 0xFFFFFFFE)) == len(zips.row(small, 0, 0))
    assert len(zips.row(small, 0, 0xFFFFFFFF)) == len(zips.row(small, 0, 0)) + 12
    plain = len(zips.before(small, 0))
    assert len(zips.before(entry("a", 2**32 - 2), 0)) == plain
    assert len(zips.before(entry("a", 2**32 - 1), 0)) == plain + 20
