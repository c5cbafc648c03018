"""Send files by uploads: announced, sent in pieces side by side, completed at once, taken up when cut off."""

import base64
import hashlib
import threading
import time
from collections.abc import Callable, Sequence, Set
from concurrent.futures import FIRST_EXCEPTION, Executor, Future, ThreadPoolExecutor, wait
from typing import Self, TypeVar

from assetversions_client import errors, hashes
from assetversions_client.batching import Batch, Key, Piece, Stretch, begun, is_picture
from assetversions_client.folders import Folder, LocalFile
from assetversions_client.http import Http, LinkExpired
from assetversions_client.memory import Sending
from assetversions_client.progress import Progress
from assetversions_client.uploads import NewFile, Uploads
from assetversions_client.wire import AssetRef, place

# A fresh link is taken; one that is not, again and again, has another fault than its age.
RENEWALS = 5

T = TypeVar("T")
R = TypeVar("R")


class Stopped(Exception):
    """Something else has failed: there is nothing to go on with."""


class Sender:
    """Sends batches of one folder into one asset; usable from many threads at once."""

    def __init__(
        self, http: Http, folder: Folder, ref: AssetRef, progress: Progress, pieces: int, batches: int
    ) -> None:
        """With so many pieces, and so many batches, under way at once."""
        self._http = http
        self._uploads = Uploads(http)
        self._folder = folder
        self._ref = ref
        self._progress = progress
        self._pieces = ThreadPoolExecutor(pieces)
        self._batches = ThreadPoolExecutor(batches)
        self._renewing = threading.Lock()
        self._place = place(http, ref)
        self._stopped = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        """Where something has failed, what is under way ends soon, and nothing else begins."""
        if error is not None:
            self._stopped.set()
        for pool in (self._batches, self._pieces):
            pool.shutdown(wait=not isinstance(error, KeyboardInterrupt), cancel_futures=True)

    def send_all(self, batches: Sequence[Sequence[Sending]]) -> list[str]:
        """The paths of those that changed on the way, and were left out."""
        left: list[str] = []
        for pictures in (False, True):
            some = [batch for batch in batches if is_picture(batch[0].path) is pictures]
            for changed in _all(self._batches, self.send, some):
                left += changed
        return left

    def send(self, files: Sequence[Sending]) -> list[str]:
        """The same of one batch."""
        return self.complete(self._begin(files), {file.path for file in files})

    def ahead(self, files: Sequence[Sending]) -> Future[Batch]:
        """Begin with one batch, and send all of it; what is to be seen of it is for `complete` to say."""

        def work() -> Batch:
            batch = self._begin(files)
            self._send_missing(batch)
            return batch

        return self._batches.submit(work)

    def complete(self, batch: Batch, paths: Set[str]) -> list[str]:
        """Let these files of it be seen; the paths of those that changed on the way, and were left out."""
        batch.changed |= batch.files.keys() - paths
        self._finish(batch)
        return sorted(batch.changed & paths)

    def _begin(self, files: Sequence[Sending]) -> Batch:
        new = [
            NewFile(file.path, file.size, file.parts if file.pack is None else None, file.pack)
            for file in files
        ]
        upload = self._uploads.start(self._ref, new)
        self._folder.memory.begun(upload.upload_id, self._place, files)
        return begun(upload, files, time.time_ns())

    def left_over(self) -> dict[str, list[Sending]]:
        """The uploads that broke off."""
        return self._folder.memory.under_way(self._place)

    def take_up(self, upload: str, files: Sequence[Sending]) -> set[str]:
        """Bring an upload that broke off to its end; its paths, without those that have changed since."""
        try:
            found = self._uploads.renew(self._ref, upload)
        except (errors.NotFound, errors.Conflict):
            self._folder.memory.ended(upload)
            return set()
        batch = begun(found, files, time.time_ns())
        batch.changed |= {file.path for file in files if self._moved(file)}
        for piece in batch.pieces():
            if piece.key in batch.arrived and not self._is_as(batch, piece):
                self._do_over(batch, piece)
        self._finish(batch)
        return batch.files.keys() - batch.changed

    # one batch

    def _finish(self, batch: Batch) -> None:
        self._send_missing(batch)
        files = [file for file in batch.files.values() if file.path not in batch.changed]
        batch.changed |= {file.path for file in files if self._moved(file)}
        sent = [file for file in files if file.path not in batch.changed]
        if sent:
            named = [batch.sent(file) for file in sent]
            self._uploads.complete(self._ref, batch.upload, named, batch.packs())
        else:
            self._uploads.abort(self._ref, batch.upload)
        told = [(as_local(file), [batch.etag(file)]) for file in sent]
        self._folder.known(told, batch.begun_ns, stored=True)
        self._folder.memory.ended(batch.upload)
        self._progress.done(len(sent))

    def _send_missing(self, batch: Batch) -> None:
        missing = [piece for piece in batch.pieces() if piece.key not in batch.arrived]
        _all(self._pieces, lambda piece: self._send_piece(batch, piece), missing)

    def _send_piece(self, batch: Batch, piece: Piece) -> None:
        if self._stopped.is_set():
            raise Stopped
        data = self._data(batch, piece)
        if piece.key[0] in batch.changed:
            return
        digest = hashlib.md5(data, usedforsecurity=False)
        self._put(batch, piece.key, data, digest.digest())
        batch.arrived[piece.key] = digest.hexdigest()

    def _put(self, batch: Batch, key: Key, data: bytes, digest: bytes) -> None:
        """S3 holds the bytes against their MD5, so that what has arrived is what was read."""
        headers = {"Content-MD5": base64.b64encode(digest).decode(), "Content-Length": str(len(data))}
        for _ in range(RENEWALS):
            link = batch.links[key]
            try:
                self._http.put(link, lambda: data, headers)
            except LinkExpired:
                self._renew(batch, key, link)
                continue
            self._progress.moved(len(data))
            return
        raise errors.Busy(
            "The storage takes no link, not even fresh ones; is the clock of the service right?"
        )

    def _renew(self, batch: Batch, key: Key, old: str) -> None:
        """One asks for all."""
        with self._renewing:
            if batch.links[key] == old:
                batch.take_links(self._uploads.renew(self._ref, batch.upload))

    def _data(self, batch: Batch, piece: Piece) -> bytes:
        """The bytes of a piece; a file that has changed is noted, and its place in a pack filled."""
        found = []
        for stretch in piece.stretches:
            data = self._read(stretch)
            if len(data) != stretch.length:
                batch.changed.add(stretch.file.path)
                data = bytes(stretch.length)
            elif stretch.file.pack is not None:
                batch.digests[stretch.file.path] = hashes.whole([data])
            found.append(data)
        return b"".join(found)

    def _read(self, stretch: Stretch) -> bytes:
        try:
            return b"".join(hashes.read(self._folder.where(stretch.file.path), stretch.start, stretch.length))
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise errors.local(error) from error

    def _moved(self, file: Sending) -> bool:
        return self._folder.look(file.path) != as_local(file)

    def _is_as(self, batch: Batch, piece: Piece) -> bool:
        """Whether what came before the break is what the files hold now."""
        same = hashes.whole([self._data(batch, piece)]) == batch.arrived[piece.key]
        if same:
            self._progress.moved(sum(stretch.length for stretch in piece.stretches))
        return same

    def _do_over(self, batch: Batch, piece: Piece) -> None:
        """A pack always has a link; a part that has arrived has none: its file goes by another upload."""
        del batch.arrived[piece.key]
        if piece.key not in batch.links:
            batch.changed.add(piece.stretches[0].file.path)


def as_local(file: Sending) -> LocalFile:
    """A file as it was when it was announced."""
    return LocalFile(file.path, file.size, file.modified_ns, file.inode)


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
