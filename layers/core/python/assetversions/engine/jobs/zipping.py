"""Pack a version into one archive, part by part; each call of the step goes on where the last one rested."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple
from zlib import crc32

from msgspec.structs import replace

from assetversions.domain import zips
from assetversions.domain.commands.exports import ZipVersion
from assetversions.domain.errors import Conflict
from assetversions.domain.ids import uid_text
from assetversions.domain.jobs import Job, JobState
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset, Version
from assetversions.domain.ports.jobs import JobWork
from assetversions.domain.ports.services import Services
from assetversions.domain.ports.zips import Made
from assetversions.domain.span import Bytes
from assetversions.engine.lookup import find_version
from assetversions.engine.sound import files_of
from assetversions.engine.stint import Stint

BEGUN = "zip"
# A part is sent once it has so many bytes; S3 takes no smaller one but the last, and 10,000 of them.
PART_BYTES = 16 * 1024**2
# What is read side by side.
AT_ONCE_BYTES, AT_ONCE = 16 * 1024**2, 1_000

Piece = tuple[Entry, Bytes]


class Begun(NamedTuple):
    """The manifest that is packed, whatever a draft holds meanwhile; its archive, and where its parts go."""

    manifest: str
    key: str
    upload: str


def finish(services: Services, work: JobWork, job: Job, command: ZipVersion, asset: Asset) -> None:
    """One that is there already, and stays for a while, is the one to give out."""
    version = find_version(services, asset, command.version)
    begun = Begun(*work.rows(job, BEGUN)[0]) if work.has_rows(job, BEGUN) else None
    key = begun.key if begun else zips.key(uid_text(asset.uid), version.manifest, services.now())
    made = services.zips.find(key)
    if made is None:
        begun = begun or _begin(services, work, job, version.manifest, key)
        made = _Zip(services, work, job, asset, version, begun).make()
    report = {"key": key, "size": made.size, "until": (made.at + zips.KEPT).isoformat()}
    work.update(
        job,
        services.now(),
        state=JobState.SUCCEEDED,
        error=None,
        version=version.number,
        done=version.files,
        total=version.files,
        report=report,
    )


def _begin(services: Services, work: JobWork, job: Job, manifest: str, key: str) -> Begun:
    begun = Begun(manifest, key, services.zips.begin(key))
    work.put_rows(job, BEGUN, [begun])
    return begun


class _Zip:
    """`after` is the last file that is in it whole; of the next one `start` bytes are, with the `crc` so far.

    `crcs` are those of all files that are, `etags` those of the parts that were sent.
    """

    def __init__(
        self, services: Services, work: JobWork, job: Job, asset: Asset, version: Version, begun: Begun
    ) -> None:
        self._services, self._work, self._job = services, work, job
        self._asset, self._version = asset, replace(version, manifest=begun.manifest)
        self._key, self._upload = begun.key, begun.upload
        self._stint = Stint(services, work, job)
        fresh: list[Any] = [None, 0, 0, [], []]
        self._after, self._start, self._crc, crcs, etags = self._stint.take() or fresh
        self._crcs: list[int] = [*crcs]
        self._etags: list[str] = [*etags]
        self._part = bytearray()

    def make(self) -> Made:
        pieces = self._pieces()
        while some := list(_at_once(pieces)):
            self._take(some)
            if len(self._part) >= PART_BYTES:
                self._send()
                self._rest()
        self._directory()
        if self._part or not self._etags:
            self._send()
        return self._services.zips.complete(self._key, self._upload, self._etags)

    def _pieces(self) -> Iterator[Piece]:
        start = self._start
        for entry in files_of(self._services, self._asset, self._version, self._after):
            yield entry, Bytes(start, min(start + zips.WHOLE, entry.size))
            for at in range(start + zips.WHOLE, entry.size, zips.WHOLE):
                yield entry, Bytes(at, min(at + zips.WHOLE, entry.size))
            start = 0

    def _take(self, pieces: Sequence[Piece]) -> None:
        read = self._services.transfers.read_each(self._asset.ref, pieces)
        for (entry, (start, stop)), data in zip(pieces, read, strict=True):
            if data is None:
                raise Conflict(
                    f"'{entry.path}': its bytes are gone for good; take the others by their links."
                )
            self._crc = crc32(data, self._crc if start else 0)
            self._part += (zips.before(entry, self._crc) if not start else b"") + data
            self._start = stop
            if stop == entry.size:
                self._part += zips.behind(entry, self._crc)
                self._crcs.append(self._crc)
                self._after, self._start = entry.path, 0

    def _directory(self) -> None:
        """It may be large itself; a call that is cut off in it begins anew where it rested before."""
        start = size = 0
        entries = files_of(self._services, self._asset, self._version)
        for entry, crc in zip(entries, self._crcs, strict=True):
            row = zips.row(entry, crc, start)
            start, size = start + zips.room(entry), size + len(row)
            self._part += row
            if len(self._part) >= PART_BYTES:
                self._send()
        self._part += zips.end(len(self._crcs), start, size)

    def _send(self) -> None:
        number = len(self._etags) + 1
        etag = self._services.zips.send(self._key, self._upload, number, bytes(self._part))
        self._etags.append(etag)
        self._part.clear()

    def _rest(self) -> None:
        self._work.update(self._job, self._services.now(), done=len(self._crcs), total=self._version.files)
        self._stint.may_rest(self._after, self._start, self._crc, self._crcs, self._etags)


def _at_once(pieces: Iterator[Piece]) -> Iterator[Piece]:
    room = AT_ONCE_BYTES
    for piece in islice(pieces, AT_ONCE):
        yield piece
        room -= len(piece[1])
        if room <= 0:
            return
