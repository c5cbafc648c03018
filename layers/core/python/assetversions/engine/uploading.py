"""Begin an upload, and complete one of files: what several operations on uploads share."""

from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager

from msgspec.structs import replace

from assetversions.domain.automatic import AutoVersion
from assetversions.domain.errors import AtWork, Conflict, GivenUp, Incomplete
from assetversions.domain.ids import uuid7
from assetversions.domain.journal import ChangeKind, PathState
from assetversions.domain.lifecycle import check_live
from assetversions.domain.model import Asset
from assetversions.domain.packs import SentPack
from assetversions.domain.ports.services import Services
from assetversions.domain.shelves import Shelf
from assetversions.domain.uploads import (
    NewFile,
    SentFile,
    StoredPart,
    Upload,
    UploadFile,
    UploadState,
    problem,
)
from assetversions.engine import automatic, commit, journal, lease, packs, previews, settle, visible
from assetversions.engine.claiming import at_work
from assetversions.engine.commit import check_expected
from assetversions.engine.file_names import check_upload
from assetversions.engine.lookup import find_upload, newest_versions
from assetversions.engine.once import receipt
from assetversions.engine.visible import Pair

LISTED = 20


def begin_upload(
    services: Services,
    asset: Asset,
    files: Sequence[NewFile],
    shelf: Shelf = Shelf.FILES,
    expected_rev: int | None = None,
) -> Upload:
    """Invalid for a file that the database does not take. Nothing can be seen yet."""
    check_live(asset)
    check_expected(asset, expected_rev)
    if shelf is Shelf.FILES:
        check_upload(services, asset, files)
    upload_id = str(uuid7())
    begun = services.transfers.begin(shelf.of(asset.ref), upload_id, files)
    upload = Upload(upload_id, asset.ref, services.person, services.now(), tuple(begun), shelf=shelf)
    services.uploads.add(upload, receipt(services, replace(upload, files=())))
    return upload


def first_links(services: Services, upload: Upload) -> list[list[str]]:
    """Where each part of each file is sent to."""
    return [
        services.transfers.part_links(upload.place, file, range(1, file.parts + 1)) for file in upload.files
    ]


def complete_files(
    services: Services,
    asset: Asset,
    upload: Upload,
    pairs: Sequence[Pair],
    expected_rev: int | None,
    rule: AutoVersion,
    sent_packs: Sequence[SentPack] = (),
) -> tuple[Upload, list[PathState]]:
    """Make the files of an open upload visible, for a snapshot all at once; `pairs` are those that were sent.

    The upload as it has ended, with the files that are given up, and what became of the others. To record
    its end is left to the caller, as is its version.
    """
    check_live(asset)
    lease.check_free(services, asset)
    commit.check_expected(asset, expected_rev)
    check_upload(services, asset, [file for file, _ in pairs])
    previews.check_accompanied(services, asset, [file.path for file, _ in pairs])
    to_do = to_be_completed(services, upload, pairs, sent_packs)
    paths = {file.path for file, _ in pairs}
    is_new = False

    def look() -> dict[str, str | None]:
        nonlocal is_new
        is_new = True
        if find_upload(services, asset.ref, upload.upload_id).state is not UploadState.OPEN:
            raise AtWork("This upload was ended meanwhile; send the request again.")
        return newest_versions(services, asset, sorted(paths))

    change, states = journal.begin(services, asset, ChangeKind.UPLOAD, upload.upload_id, paths, look)
    if {state.path for state in states} != paths:
        raise Conflict("The first attempt to complete this upload named other files; name the same.")
    with _taken_back(services, asset, upload), at_work(services, asset, change, states):
        done = _show(services, asset, upload, states, to_do, sent_packs, is_new=is_new)
    closed = journal.end(services, asset, change, done)
    if rule.seconds is not None:  # whatever S3 told of these files may have come too early
        automatic.wait_for_quiet(services, asset.ref, rule.seconds)
    given_up = [file for file in upload.files if file.path not in paths]
    services.transfers.abort(asset.ref, given_up)
    assert closed.closed_at is not None
    ended = replace(upload, state=UploadState.COMPLETED, ended_at=closed.closed_at, files=tuple(given_up))
    return ended, done


def to_be_completed(
    services: Services, upload: Upload, pairs: Sequence[Pair], sent_packs: Sequence[SentPack] = ()
) -> list[Pair]:
    """Those that S3 still expects; an attempt before this one may have made some visible.

    Incomplete names what is wrong with which.
    """
    found = services.transfers.stored(upload.place, [file for file, _ in pairs])
    to_do: list[Pair] = []
    problems: dict[str, str] = {}
    unpacked = packs.problems(services, upload, sent_packs, pairs)
    for (file, sent), stored in zip(pairs, found, strict=True):
        packed = file.pack is not None and stored is not None
        wrong = unpacked.get(file.path) if packed else _wrong(services, upload, file, sent, stored)
        if stored is not None:
            to_do.append((file, sent))
        if wrong is not None:
            problems[sent.spelled] = wrong
    if problems:
        raise Incomplete(problems)
    return to_do


def _wrong(
    services: Services, upload: Upload, file: UploadFile, sent: SentFile, stored: list[StoredPart] | None
) -> str | None:
    if stored is not None:
        return problem(file, sent.parts, stored)
    return None if services.transfers.made(upload, file.path) else "its parts are gone."


def make_visible(
    services: Services,
    upload: Upload,
    paths: Set[str],
    to_do: Sequence[Pair],
    sent_packs: Sequence[SentPack] = (),
) -> dict[str, str]:
    """The object version of each path; what an attempt before this one has made is not made again."""
    made = visible.made_before(services, upload, paths, to_do)
    return made | visible.show(services, upload, sent_packs, made, to_do)


def _show(
    services: Services,
    asset: Asset,
    upload: Upload,
    states: Sequence[PathState],
    to_do: Sequence[Pair],
    sent_packs: Sequence[SentPack],
    *,
    is_new: bool,
) -> list[PathState]:
    """Make all visible; where the set `is_new` and none has ended, nothing was put in place before."""
    first = is_new and bool(sent_packs) and not settle.was_completed(services, asset, upload, None)
    fresh = {file.path for file, _ in to_do} if first else set()
    made = visible.made_before(services, upload, {state.path for state in states} - fresh, to_do)
    made |= visible.show(services, upload, sent_packs, made, to_do)
    put = {file.path for file, _ in to_do if first and file.s3_id is None}
    return visible.outcome(services, asset, states, made, put)


@contextmanager
def _taken_back(services: Services, asset: Asset, upload: Upload) -> Iterator[None]:
    """Where an abort that came late has taken a file away, what is visible by then goes back."""
    try:
        yield
    except GivenUp:
        settle.end_broken(services, asset, services.journal.get(asset.ref, upload.upload_id))
        raise


def check_newest(done: Sequence[PathState]) -> None:
    """Conflict where something newer stands at a path: S3 takes that for the newest which was begun last."""
    hidden = [state for state in done if state.newest is not None]
    if not hidden:
        return
    there = ", ".join(
        f"'{state.path}' ({state.newest or 'deleted'} stands there; yours is {state.after})"
        for state in hidden[:LISTED]
    )
    more = f" and {len(hidden) - LISTED} more" if len(hidden) > LISTED else ""
    raise Conflict(
        f"The upload is complete, but something newer stands at {there}{more}. To make yours the newest, "
        "revert the file to it."
    )


def aborted(upload: Upload) -> Conflict:
    return Conflict(f"Upload '{upload.upload_id}' was aborted; start another one.")
