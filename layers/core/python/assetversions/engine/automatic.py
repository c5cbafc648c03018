"""Versions that make themselves: with an upload, or once an asset's files have been quiet for a while."""

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import timedelta
from typing import NamedTuple
from uuid import uuid4

from msgspec.structs import replace

from assetversions.domain.automatic import UNSAID, After, AutoVersion, Failed, Turn
from assetversions.domain.commands.versions import CreateVersion
from assetversions.domain.errors import Busy, Conflict, Error, NotFound, ReadOnly
from assetversions.domain.journal import BUCKET, DEAD_AFTER, ChangeKind, ChangeSet
from assetversions.domain.lifecycle import check_live
from assetversions.domain.manifests.manifest import Root
from assetversions.domain.model import Asset, AssetRef, Database, Origin, OriginKind, Version
from assetversions.domain.ports.manifests import Stored
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Done
from assetversions.domain.uploads import Upload, UploadState
from assetversions.engine import once
from assetversions.engine.budget import Estimate, Meter, OverBudget
from assetversions.engine.file_types import database_of
from assetversions.engine.new_version import NewVersion, Unchanged
from assetversions.engine.of_upload import version_of
from assetversions.engine.pending import pending
from assetversions.engine.snapshot import make_version
from assetversions.engine.sound import beside_base

# S3's events are gathered for five seconds, and come a little late: a shorter silence of them says nothing.
SHORTEST_QUIET = timedelta(seconds=13)
# How long a version that could not be made waits for its next attempts.
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (15, 30, 60, 120, 240))
# A completed upload makes its version itself; this is for one that was cut off in between.
MADE_UP_AFTER = DEAD_AFTER + timedelta(seconds=30)
# What it took before to complete a file.
REQUESTS_A_FILE = 4

# The services of one who acts: a person, and what they are called.
Acting = Callable[[str, str], Services]


class Author(NamedTuple):
    """Who made the change that a version comes of, and with which `upload` where it was one."""

    person: str
    user: str
    upload: str | None = None


NOBODY = Author(BUCKET, BUCKET)


def changed(services: Services, asset: Asset, sets: Collection[ChangeSet], database: Database) -> None:
    """S3's events have told of these foreign changes: let a version come of them once it is time."""
    rule = database.auto_version if asset.auto_version == UNSAID else asset.auto_version
    if rule.seconds is not None:
        wait_for_quiet(services, asset.ref, rule.seconds)
    elif rule.after is After.UPLOAD and any(change.kind is ChangeKind.PUT for change in sets):
        wait(services, asset.ref, MADE_UP_AFTER)


def wait_for_quiet(services: Services, ref: AssetRef, seconds: int) -> None:
    """Something has changed: let a version make itself once nothing has for so long."""
    wait(services, ref, max(timedelta(seconds=seconds), SHORTEST_QUIET))


def rule_of(services: Services, asset: Asset) -> AutoVersion:
    """The asset's own, else its database's."""
    if asset.auto_version != UNSAID:
        return asset.auto_version
    return database_of(services, asset).auto_version


def wait(services: Services, ref: AssetRef, time: timedelta) -> None:
    """Let a version make itself after this time, in place of what has been waiting."""
    mark = str(uuid4())
    services.automatic.wait(ref, services.now() + time, mark)
    services.automatic.send(ref, Turn(mark), time)


def take_turn(services: Services, ref: AssetRef, turn: Turn, work: Callable[[], None]) -> None:
    """A message has come: do the `work`, unless another mark waits by now, or this one still has to.

    What may pass is tried again some times; then, and for whatever does not pass, the reason is kept.
    """
    waiting = services.automatic.get(ref)
    if waiting is None or waiting.mark != turn.mark:
        return
    early = waiting.due - services.now()
    if early > timedelta():
        services.automatic.send(ref, turn, early)
        return
    try:
        work()
    except (Conflict, Busy) as error:
        if turn.attempt == len(PAUSES) or isinstance(error, ReadOnly):
            _fail(services, ref, turn, error)
        else:
            services.automatic.send(ref, turn._replace(attempt=turn.attempt + 1), PAUSES[turn.attempt])
    except Error as error:
        _fail(services, ref, turn, error)
    else:
        services.automatic.done(ref, turn.mark)


def _fail(services: Services, ref: AssetRef, turn: Turn, error: Error) -> None:
    services.automatic.fail(ref, turn.mark, Failed(error.message, services.now()))


def make_due(services: Services, ref: AssetRef, acting: Acting) -> None:
    """The version of what has changed, by who changed it; none where that is no reason for one."""
    asset = services.records.asset(ref)
    if asset is None:
        raise NotFound("asset", ref.public_id)
    author = _author(services, asset)
    if author is not None:
        check_live(asset)
        with suppress(Unchanged):
            make(acting(author.person, author.user), asset, lambda reading: reading.rows, author.upload)


def _author(services: Services, asset: Asset) -> Author | None:
    """Who made the change that a version is to come of: the last of those who uploaded, else the bucket.

    None where nobody has done what the rule asks for: what we restored, put back or hid is no reason.
    """
    rule = rule_of(services, asset)
    if rule.after not in {After.UPLOAD, After.QUIET}:
        return None
    sets = [change for change in services.journal.sets(asset.ref) if change.closed_at is not None]
    for change in sorted(sets, key=lambda change: change.opened_at, reverse=True):
        if change.kind is ChangeKind.UPLOAD:
            upload = services.uploads.get(asset.ref, change.set_id)
            if upload is not None and upload.state is UploadState.COMPLETED:
                return Author(upload.person, change.by, upload.upload_id)
    if rule.after is After.UPLOAD or not any(one.kind.foreign for one in pending(services, asset)):
        return None
    return NOBODY


def after_upload(services: Services, asset: Asset, upload: Upload, files: int) -> Version | None:
    """The version that a completed upload of so many files has become, where the rule is such.

    None as well where another version holds its files, and where a message is to do what does not fit the
    request. It stores the receipt of the request.
    """
    if any(change.set_id == upload.upload_id for change in services.journal.sets(asset.ref)):
        estimate = Estimate()
        try:
            estimate.asked(REQUESTS_A_FILE * files)
            return make(services, asset, estimate.meter(asset), upload.upload_id).version
        except Unchanged:
            pass
        except (Error, OverBudget):
            wait(services, asset.ref, timedelta())
    once.end(services, upload)
    return version_of(services, asset, upload)


def make(services: Services, asset: Asset, meter: Meter, upload: str | None) -> Done:
    """The version of the files as they are, without any where they were deleted; Unchanged as that says."""

    def named(head: Asset, new: NewVersion) -> NewVersion:
        comment = _counted(services, head, new.stored)
        origin = Origin(OriginKind.UPLOADED, upload=upload)
        return replace(new, origin=origin, comment=comment, if_changed=True)

    return make_version(CreateVersion(asset.ref, allow_empty=True), asset, services, meter, named=named)


def _counted(services: Services, head: Asset, stored: Stored) -> str:
    """What is not as the files were last known to be; all of them where that is not known."""

    def count(base: Root | None) -> dict[str, int]:
        if base is None:
            return {"": stored.files}
        counts = dict.fromkeys(("added", "changed", "deleted"), 0)
        new = services.manifests.root(head.uid, stored.digest)
        for before, after in services.manifests.beside(head.uid, base, new):
            if before != after:
                counts["added" if before is None else "deleted" if after is None else "changed"] += 1
        return counts

    counts = [(number, what) for what, number in beside_base(services, head, count).items() if number]
    words = [f"{number} {what}" for number, what in counts]
    if words:
        number, what = counts[0]
        words[0] = f"{number} {'file' if number == 1 else 'files'} {what}"
    return ", ".join(words).strip()
