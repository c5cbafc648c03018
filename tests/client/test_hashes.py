"""What S3 calls bytes, and what is remembered of a file."""

import hashlib
import os
import time
from pathlib import Path

import pytest
from assetversions_client import hashes
from assetversions_client.folders import Folder, LocalFile

from tests.client.folders import THEN, write

DATA = bytes(range(256)) * (17 * 4096)


def in_parts(data: bytes, cut: int) -> str:
    """As S3 makes it."""
    parts = [data[start : start + cut] for start in range(0, len(data), cut)]
    digests = b"".join(hashlib.md5(part, usedforsecurity=False).digest() for part in parts)
    return f"{hashlib.md5(digests, usedforsecurity=False).hexdigest()}-{len(parts)}"


@pytest.mark.parametrize("mebibytes", [5, 6, 8, 16, 17])
def test_a_file_is_known_however_it_was_cut(tmp_path: Path, mebibytes: int) -> None:
    folder = Folder(write(tmp_path, {"a.bin": DATA}))
    etag = in_parts(DATA, mebibytes * hashes.MIB)
    file = folder.look("a.bin")
    assert file is not None
    assert folder.is_as(file, etag)
    assert not folder.is_as(file, in_parts(DATA[1:] + DATA[:1], mebibytes * hashes.MIB))


def test_an_etag_that_tells_nothing_is_no_proof(tmp_path: Path) -> None:
    folder = Folder(write(tmp_path, {"a.txt": b"one"}))
    file = folder.look("a.txt")
    assert file is not None
    assert not folder.is_as(file, "of-a-kms-key")
    assert hashes.parts_of("of-a-kms-key") is None


def test_a_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder(write(tmp_path, {"a.txt": b"one"}))
    file = folder.look("a.txt")
    assert file is not None
    etag = hashes.whole([b"one"])
    assert folder.is_as(file, etag)
    monkeypatch.setattr(hashes, "possible", lambda *_: pytest.fail("it was read again"))
    assert Folder(tmp_path).is_as(file, etag)
    assert not Folder(tmp_path).is_as(file, hashes.whole([b"two"]))


def test_a_file_that_was_just_written_is_read_again(tmp_path: Path) -> None:
    """What is written in the same tick of the clock may look the same."""
    folder = Folder(write(tmp_path, {"a.txt": b"one"}, at=time.time()))
    file = folder.look("a.txt")
    assert file is not None
    assert folder.is_as(file, hashes.whole([b"one"]))
    kept = (tmp_path / "a.txt").stat()
    (tmp_path / "a.txt").write_bytes(b"two")
    os.utime(tmp_path / "a.txt", ns=(kept.st_atime_ns, kept.st_mtime_ns))
    again = LocalFile.of("a.txt", (tmp_path / "a.txt").stat())
    assert not folder.is_as(again, hashes.whole([b"one"]))


def test_a_changed_file_is_another_one(tmp_path: Path) -> None:
    folder = Folder(write(tmp_path, {"a.txt": b"one"}))
    file = folder.look("a.txt")
    assert file is not None
    folder.known([(file, [hashes.whole([b"one"])])], time.time_ns(), stored=True)
    assert folder.memory.is_stored(file)
    write(tmp_path, {"a.txt": b"two"}, at=THEN + 1)
    other = folder.look("a.txt")
    assert other is not None
    assert not folder.memory.is_stored(other)
    assert folder.memory.etags(other) == set()
