"""Send files by uploads: announced, sent in parts side by side, completed at once, taken up if broken off."""

import base64
import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Executor, Future, ThreadPoolExecutor, wait
from typing import Self, TypeVar

from msgspec import Struct

from assetversions_client import errors, hashes
from assetversions_client.files import PREVIEW
from assetversions_client.folders import Folder, LocalFile
from assetversions_client.http import Http, LinkExpired
from assetversions_client.memory import Sending
from assetversions_client.progress import Progress
from assetversions_client.uploads import (
    MAX_FILES,
    MAX_LINKS,
    FileLinks,
    NewFile,
    Part,
    SentFile,
    Upload,
    Uploads,
)
from assetversions_client.wire import AssetRef

PART_BYTES = 16 * hashes.MIB
MOST_PARTS = 1_000

T = TypeVar("T")
R = TypeVar("R")


class Stopped(Exception):
    """Something else has failed: there is nothing to go on with."""


class _Changed(Exception):
    """The file is not any more as it was when it was announced."""


class Batch(Struct):
    """One upload: its files as they were announced, links by path and part, and what has arrived."""

    upload: str
    files: dict[str, Sending]
    ids: dict[str, str]
    cuts: dict[str, int]
    links: dict[tuple[str, int], str]
    arrived: dict[tuple[str, int], str]
    changed: set[str]
    begun_ns: int


def batches(files: Iterable[LocalFile]) -> Iterator[list[LocalFile]]:
    """As many as one upload takes; the pictures of files come behind all else, for a file has to be there."""
    ordered = sorted(files, key=lambda file: (PREVIEW in file.path, file.path))
    batch: list[LocalFile] = []
    links, pictures = 0, False
    for file in ordered:
        parts, picture = parts_for(file.size), PREVIEW in file.path
        if batch and (len(batch) == MAX_FILES or links + parts > MAX_LINKS or picture != pictures):
            yield batch
            batch, links = [], 0
        batch.append(file)
        links, pictures = links + parts, picture
    if batch:
        yield batch


def parts_for(size: int) -> int:
    """How many parts a file is sent in, none for an empty one."""
    mebibytes = -(-size // (MOST_PARTS * hashes.MIB))
    return -(-size // max(PART_BYTES, mebibytes * hashes.MIB))


class Sender:
    """Sends batches of one folder into one asset; usable from many threads at once."""

    def __init__(
        self, http: Http, folder: Folder, ref: AssetRef, progress: Progress, parts: int, batches: int
    ) -> None:
        """With so many parts, and so many batches, under way at once."""
        self._http = http
        self._uploads = Uploads(http)
        self._folder = folder
        self._ref = ref
        self._progress = progress
        self._parts = ThreadPoolExecutor(parts)
        self._batches = ThreadPoolExecutor(batches)
        self._renewing = threading.Lock()
        self._place = f"{http.url} {ref}"
        self._stopped = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        """Where something has failed, what is under way ends soon, and nothing else begins."""
        if error is not None:
            self._stopped.set()
        for pool in (self._batches, self._parts):
            pool.shutdown(wait=not isinstance(error, KeyboardInterrupt), cancel_futures=True)

    def send_all(self, batches: Sequence[Sequence[LocalFile]]) -> list[LocalFile]:
        """Those that changed on the way, and were left out."""
        left: list[LocalFile] = []
        for pictures in (False, True):
            some = [batch for batch in batches if (PREVIEW in batch[0].path) is pictures]
            for changed in _all(self._batches, self.send, some):
                left += changed
        return left

    def send(self, files: Sequence[LocalFile]) -> list[LocalFile]:
        """Those that changed on the way, and were left out."""
        sendings = [
            Sending(file.path, file.size, file.modified_ns, file.inode, parts_for(file.size))
            for file in files
        ]
        begun = self._uploads.start(
            self._ref, [NewFile(file.path, file.size, file.parts) for file in sendings]
        )
        self._folder.memory.begun(begun.upload_id, self._place, sendings)
        batch = _batch(begun, {file.path: file for file in sendings})
        self._finish(batch)
        return [file for file in files if file.path in batch.changed]

    def left_over(self) -> dict[str, list[Sending]]:
        """The uploads that broke off."""
        return self._folder.memory.under_way(self._place)

    def take_up(self, upload: str, sendings: Sequence[Sending]) -> None:
        """Bring an upload that broke off to its end, without the files that have changed since."""
        try:
            found = self._uploads.renew(self._ref, upload)
        except (errors.NotFound, errors.Conflict):
            self._folder.memory.ended(upload)
            return
        batch = _batch(found, {file.path: file for file in sendings})
        for file in batch.files.values():
            self._check_arrived(batch, file)
        self._finish(batch)

    # one batch

    def _finish(self, batch: Batch) -> None:
        missing = [
            (file, number)
            for file in batch.files.values()
            for number in range(1, file.parts + 1)
            if (file.path, number) not in batch.arrived and file.path not in batch.changed
        ]
        _all(self._parts, lambda one: self._part(batch, *one), missing)
        for file in batch.files.values():
            if file.path not in batch.changed and self._moved(file):
                batch.changed.add(file.path)
        sent = [file for file in batch.files.values() if file.path not in batch.changed]
        if sent:
            self._uploads.complete(self._ref, batch.upload, [_sent(batch, file) for file in sent])
        else:
            self._uploads.abort(self._ref, batch.upload)
        told = [(_as_local(file), [_etag(batch, file)]) for file in sent]
        self._folder.known(told, batch.begun_ns, stored=True)
        self._folder.memory.ended(batch.upload)
        self._progress.done(len(sent))

    def _part(self, batch: Batch, file: Sending, number: int) -> None:
        if self._stopped.is_set():
            raise Stopped
        if file.path in batch.changed:
            return
        try:
            start, length = _stretch(batch, file, number)
            data = b"".join(self._read(file, start, length))
            digest = hashlib.md5(data, usedforsecurity=False)
            self._put(batch, file.path, number, data, digest.digest())
        except _Changed:
            batch.changed.add(file.path)
            return
        batch.arrived[file.path, number] = digest.hexdigest()

    def _put(self, batch: Batch, path: str, number: int, data: bytes, digest: bytes) -> None:
        """S3 holds the bytes against their MD5, so that what has arrived is what was read."""
        headers = {"Content-MD5": base64.b64encode(digest).decode(), "Content-Length": str(len(data))}
        while True:
            link = batch.links[path, number]
            try:
                self._http.put(link, lambda: data, headers)
            except LinkExpired:
                self._renew(batch, (path, number), link)
                continue
            self._progress.moved(len(data))
            return

    def _renew(self, batch: Batch, key: tuple[str, int], old: str) -> None:
        """One asks for all."""
        with self._renewing:
            if batch.links[key] == old:
                batch.links |= _links(self._uploads.renew(self._ref, batch.upload).files)

    def _read(self, file: Sending, start: int, length: int) -> Iterator[bytes]:
        left = length
        try:
            for chunk in hashes.read(self._folder.where(file.path), start, length):
                left -= len(chunk)
                yield chunk
        except FileNotFoundError:
            raise _Changed from None
        except OSError as error:
            raise errors.local(error) from error
        if left:
            raise _Changed

    def _moved(self, file: Sending) -> bool:
        return self._folder.look(file.path) != _as_local(file)

    def _check_arrived(self, batch: Batch, file: Sending) -> None:
        """A part that came before the break counts if it holds what the file holds."""
        here = [number for number in range(1, file.parts + 1) if (file.path, number) in batch.arrived]
        wrong = self._moved(file) or (file.parts and file.path not in batch.ids)
        for number in () if wrong else here:
            try:
                found = hashes.whole(self._read(file, *_stretch(batch, file, number)))
            except _Changed:
                wrong = True
                break
            wrong = wrong or found != batch.arrived[file.path, number]
        if wrong:
            batch.changed.add(file.path)
        else:
            self._progress.moved(sum(_stretch(batch, file, number)[1] for number in here))


def _all(pool: Executor, work: Callable[[T], R], things: Sequence[T]) -> list[R]:
    """What comes of each, or the first failure; what has not begun by then is dropped."""
    under_way: list[Future[R]] = [pool.submit(work, thing) for thing in things]
    done, rest = wait(under_way, return_when=FIRST_EXCEPTION)
    for future in rest:
        future.cancel()
    failed = [error for future in done if (error := future.exception()) is not None]
    if failed:
        raise next((error for error in failed if not isinstance(error, Stopped)), failed[0])
    return [future.result() for future in under_way]


def _batch(upload: Upload, files: dict[str, Sending]) -> Batch:
    found = {file.relative_key: file for file in upload.files}
    return Batch(
        upload.upload_id,
        {path: file for path, file in files.items() if path in found},
        {path: file.storage_id for path, file in found.items()},
        {path: file.part_size or max(1, files[path].size) for path, file in found.items() if path in files},
        _links(upload.files),
        {(path, part.number): part.etag.strip('"') for path, file in found.items() for part in file.parts},
        set(),
        time.time_ns(),
    )


def _links(files: Sequence[FileLinks]) -> dict[tuple[str, int], str]:
    return {(file.relative_key, number): url for file in files for number, url in file.links().items()}


def _stretch(batch: Batch, file: Sending, number: int) -> tuple[int, int]:
    """Where a part begins, and how long it is."""
    cut = batch.cuts[file.path]
    start = (number - 1) * cut
    return start, min(cut, file.size - start)


def _sent(batch: Batch, file: Sending) -> SentFile:
    parts = [Part(number, f'"{batch.arrived[file.path, number]}"') for number in range(1, file.parts + 1)]
    return SentFile(file.path, batch.ids[file.path], parts)


def _etag(batch: Batch, file: Sending) -> str:
    """What S3 calls the file once it is complete."""
    if not file.parts:
        return hashes.whole(())
    return hashes.joined(
        bytes.fromhex(batch.arrived[file.path, number]) for number in range(1, file.parts + 1)
    )


def _as_local(file: Sending) -> LocalFile:
    return LocalFile(file.path, file.size, file.modified_ns, file.inode)
