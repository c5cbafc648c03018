"""Fetch files of a version: in parts of the way if need be, proved, and in place at once."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from datetime import datetime
from io import FileIO
from pathlib import Path
from typing import Self

import httpx

from assetversions_client import errors, hashes
from assetversions_client.files import Files
from assetversions_client.folders import LocalFile
from assetversions_client.http import Http, LinkExpired, pauses
from assetversions_client.placing import Places
from assetversions_client.progress import Progress
from assetversions_client.versions import VersionFile, Versions
from assetversions_client.wire import AssetRef

# So few files are asked for one by one; of more, links come a thousand at a time.
FEW = 20
# Links that wait for their turn grow old.
WAITING = 200
REMEMBERED_AT_ONCE = 200


class Fetcher:
    """Fetches files of one version into one folder; what breaks off is taken up the next time."""

    def __init__(
        self, http: Http, ref: AssetRef, version: str, places: Places, progress: Progress, at_once: int
    ) -> None:
        self._http = http
        self._ref = ref
        self._version = version
        self._places = places
        self._folder = places.folder
        self._progress = progress
        self._pool = ThreadPoolExecutor(at_once)
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._fetched: list[tuple[LocalFile, list[str]]] = []
        self.unproved: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        """Where something has failed, what is under way ends soon, and nothing else begins."""
        if error is not None:
            self._stopped.set()
        self._pool.shutdown(wait=not isinstance(error, KeyboardInterrupt), cancel_futures=True)
        self._remember(0)

    def fetch_all(self, files: Sequence[VersionFile]) -> None:
        """All, or the first failure."""
        wanted = {file.relative_key: file for file in files}
        under_way: set[Future[None]] = set()
        if len(wanted) <= FEW:
            under_way = {self._pool.submit(self._fetch, file, None) for file in files}
        else:
            for page in Versions(self._http).links(self._ref, self._version):
                for linked in page.files:
                    if (file := wanted.get(linked.relative_key)) is not None:
                        under_way.add(self._pool.submit(self._fetch, file, linked.download_url))
                while len(under_way) > WAITING:
                    done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                    for future in done:
                        future.result()
        done, _ = wait(under_way, return_when=FIRST_EXCEPTION)
        for future in done:
            future.result()

    def _fetch(self, file: VersionFile, link: str | None) -> None:
        """A file whose bytes prove wrong is fetched once more, from its first byte on."""
        try:
            part = self._places.part(file.relative_key, file.version_id)
            etags = self._bytes(file, link, part)
            if etags and file.etag not in etags and not _cut_unknown(file):
                part.unlink()
                etags = self._bytes(file, None, part)
                if file.etag not in etags:
                    part.unlink()
                    raise errors.Damaged(
                        f"'{file.relative_key}' arrived twice with other bytes than version {self._version} "
                        "holds; `avs verify` tells whether the store has them."
                    )
            if file.etag not in etags:
                self.unproved.append(file.relative_key)
            placed = self._places.put(part, file.relative_key, _seconds(file.last_modified))
        except OSError as error:
            raise errors.local(error) from error
        with self._lock:
            self._fetched.append((placed, [file.etag]))
        self._progress.done(1)
        self._remember(REMEMBERED_AT_ONCE)

    def _bytes(self, file: VersionFile, link: str | None, part: Path) -> set[str]:
        """Fetch what is missing, and tell what S3 may call the whole."""
        link = link or self._link(file)
        for pause in pauses():
            if self._stopped.is_set():
                raise errors.Busy("Something else has failed.")
            parts = hashes.parts_of(file.etag)
            proof = None if parts is None else hashes.Possible(file.size, parts)
            try:
                self._stretch(file, link, part, proof)
            except LinkExpired:
                link = self._link(file)
                continue
            except httpx.TransportError as error:
                if pause is None:
                    raise errors.NoNetwork(f"The storage can't be reached ({error}).") from error
                time.sleep(pause)
                continue
            if part.stat().st_size == file.size:
                return set() if proof is None else proof.etags()
        raise errors.NoNetwork(f"'{file.relative_key}' breaks off again and again; pull again to go on.")

    def _stretch(self, file: VersionFile, link: str, part: Path, proof: hashes.Possible | None) -> None:
        """From where the last attempt came to."""
        if part.is_symlink():
            part.unlink()
        with part.open("ab", buffering=0) as sink:
            start = _begun(sink, part, file.size, proof)
            if start == file.size:
                return
            self._progress.moved(start)
            with self._http.stream(link, start) as reply:
                if start and reply.status_code != httpx.codes.PARTIAL_CONTENT:
                    raise httpx.RemoteProtocolError("the storage gives no parts of files")
                for chunk in reply.iter_raw(hashes.READ_BYTES):
                    if self._stopped.is_set():
                        return
                    sink.write(chunk)
                    if sink.tell() > file.size:  # it may never end
                        return
                    if proof is not None:
                        proof.update(chunk)
                    self._progress.moved(len(chunk))

    def _link(self, file: VersionFile) -> str:
        return Files(self._http).link(self._ref, file.relative_key, self._version)

    def _remember(self, at_least: int) -> None:
        with self._lock:
            if len(self._fetched) <= at_least:
                return
            told, self._fetched = self._fetched, []
        # Their times were set: who changes one gives it another.
        self._folder.memory.add(told, stored=True)


def _begun(sink: FileIO, part: Path, size: int, proof: hashes.Possible | None) -> int:
    """How many bytes are there already, each of them seen by the proof."""
    if sink.tell() > size:
        sink.truncate(0)
    found = 0
    for chunk in hashes.read(part):
        found += len(chunk)
        if proof is not None:
            proof.update(chunk)
    return found


def _cut_unknown(file: VersionFile) -> bool:
    """Of a file that came in several parts another cut is as likely as other bytes."""
    return (hashes.parts_of(file.etag) or 0) > 1


def _seconds(text: str) -> float | None:
    """None where it is no time that every disk can hold."""
    try:
        found = datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError):
        return None
    return found if 0 <= found < 2**32 else None
