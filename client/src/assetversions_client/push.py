"""Bring an asset to what a folder holds: send what differs, and make one version of it."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from msgspec import Struct

from assetversions_client import errors
from assetversions_client.batching import Batch, batches, one_pack
from assetversions_client.catalog import Assets
from assetversions_client.files import Files
from assetversions_client.folders import About, Folder, LocalFile
from assetversions_client.http import Http
from assetversions_client.memory import Sending
from assetversions_client.names import unsayable
from assetversions_client.plan import Plan, compare
from assetversions_client.progress import Progress, Quiet
from assetversions_client.sending import Sender
from assetversions_client.standing import Now, learn, look
from assetversions_client.versions import Made, Versions, Warnings
from assetversions_client.wire import AssetRef, place

PARTS_AT_ONCE = 16
BATCHES_AT_ONCE = 4
ARCHIVED_AT_ONCE = 8
# A file that changes while it is sent is sent again, so often.
ROUNDS = 3


class Pushed(Struct, frozen=True):
    """What a push did, or would do; `version` is the one it made, `holder` the one that holds all already."""

    plan: Plan
    deleted: list[str]
    version: int | None = None
    holder: int | None = None
    warnings: Warnings | None = None

    @property
    def sent_bytes(self) -> int:
        return sum(file.size for file in (*self.plan.added, *self.plan.changed))


def push(
    http: Http,
    folder: Folder,
    ref: AssetRef,
    *,
    comment: str | None = None,
    aliases: Sequence[str] = (),
    delete: bool = False,
    dry_run: bool = False,
    version: bool = True,
    progress: Progress | None = None,
) -> Pushed:
    """Send what differs, with `delete` hide what is not in the folder, and make a version of it.

    A push that broke off is taken up where it was. What a folder can't tell as a file is Refused before
    anything is sent.
    """
    return _Push(http, folder, ref, progress or Quiet()).run(comment, aliases, delete, dry_run, version)


class _Push:
    def __init__(self, http: Http, folder: Folder, ref: AssetRef, progress: Progress) -> None:
        self.http = http
        self.folder = folder
        self.ref = ref
        self.progress = progress
        self.files = Files(http)
        folder.stand_beside(http.url, ref)
        known = folder.about()
        same = known is not None and (known.database_id, known.asset_id) == (ref.database, ref.asset)
        self.part = known.path if known is not None and same else None

    def run(
        self, comment: str | None, aliases: Sequence[str], delete: bool, dry_run: bool, version: bool
    ) -> Pushed:
        if delete and self.part is not None:
            raise errors.Refused(
                f"The last pull into this folder took only '{self.part}' of {self.ref}: with delete, all "
                "else would be hidden. Pull all of it first."
            )
        local = self._scan()
        if dry_run:
            _, plan, gone = self._look(local, delete)
            return Pushed(plan, gone)
        with self._sender() as sender:
            broken = sender.left_over()
            ahead = None if broken else self._ahead(sender, local)
            now, plan, gone = self._look(local, delete)
            there = self._take_up(sender, broken)
            wanted = [file for file in (*plan.added, *plan.changed) if file.path not in there]
            left = self._shown(sender, ahead, wanted)
        self._send(left)
        self._archive(gone)
        untouched = not (plan.added or plan.changed or gone)
        if untouched or not version:
            asset = Assets(self.http).get(self.ref)
            self._remember(asset.current or None)
            holder = asset.current or None if untouched and asset.working_changes == 0 else None
            if not version or (holder and not aliases):
                return Pushed(plan, gone, holder=holder)
        made = self._make(comment, aliases, now)
        self._remember(made.number)
        return Pushed(plan, gone, made.number, warnings=made.warnings)

    def _look(self, local: Mapping[str, LocalFile], delete: bool) -> tuple[Now, Plan, list[str]]:
        """What the asset holds now, and what is to be done about it."""
        now = look(self.http, self.folder.memory, self.ref)
        if now is None:
            Assets(self.http).get(self.ref)  # says best what is wrong with an asset
            now = Now(self.files.stored(self.ref, local))
        plan = compare(self.folder, local, now.files)
        return now, plan, [file.path for file in plan.missing] if delete else []

    def _make(self, comment: str | None, aliases: Sequence[str], now: Now) -> Made:
        """By what was noted where that is all; next time only what has changed since will be asked for."""
        versions, memory = Versions(self.http), self.folder.memory
        try:
            made = versions.create(self.ref, comment, aliases, noted_since=now.rev)
        except errors.Conflict:
            if now.rev is None:
                raise
            made = versions.create(self.ref, comment, aliases)
        if made.id is None:
            pass
        elif now.by_memory:
            memory.moves_on(place(self.http, self.ref), made.id, made.rev)
        else:
            found = versions.all_files(self.ref, made.id)
            learn(self.http, memory, self.ref, found.id, found.files, made.rev)
        return made

    def _scan(self) -> dict[str, LocalFile]:
        scan = self.folder.scan()
        odd = scan.odd | {path: why for path in scan.files if (why := unsayable(path))}
        if odd:
            named = "; ".join(f"'{path}' {why}" for path, why in list(odd.items())[:10])
            raise errors.Refused(f"Here is what can be no file of an asset ({len(odd)} in all): {named}.")
        return scan.files

    # what changes the asset

    def _take_up(self, sender: Sender, broken: Mapping[str, Sequence[Sending]]) -> set[str]:
        """The paths that are there now, as they are here."""
        there: set[str] = set()
        for upload, files in broken.items():
            self.progress.begin("Taking up", len(files), sum(file.size for file in files))
            there |= sender.take_up(upload, files)
        return there

    def _ahead(self, sender: Sender, local: Mapping[str, LocalFile]) -> Future[Batch] | None:
        """What the asset surely lacks goes while it is asked what it holds, where that is little of much."""
        if not self.folder.memory.stands_for(place(self.http, self.ref)):
            return None
        some = one_pack(self.folder.news(local.values()))
        self.progress.begin("Sending", len(some), sum(file.size for file in some))
        return sender.ahead(some) if some else None

    def _shown(
        self, sender: Sender, ahead: Future[Batch] | None, wanted: Sequence[LocalFile]
    ) -> list[LocalFile]:
        """Lets be seen what went ahead, as far as it is wanted; the rest is left to be sent."""
        if ahead is None:
            return list(wanted)
        batch = ahead.result()
        paths = {file.path for file in wanted if file.path in batch.files}
        sent = paths - set(sender.complete(batch, paths))
        return [file for file in wanted if file.path not in sent]

    def _send(self, files: Sequence[LocalFile]) -> None:
        self.progress.begin("Sending", len(files), sum(file.size for file in files))
        for _ in range(ROUNDS):
            if not files:
                return
            with self._sender() as sender:
                left = sender.send_all(list(batches(files)))
            looked = (self.folder.look(path) for path in left)
            files = [file for file in looked if file is not None]
        if files:
            raise errors.Conflict(
                f"'{files[0].path}' changes while it is sent, again and again; push when its writer is done."
            )

    def _sender(self) -> Sender:
        return Sender(self.http, self.folder, self.ref, self.progress, PARTS_AT_ONCE, BATCHES_AT_ONCE)

    def _archive(self, paths: Sequence[str]) -> None:
        """Pictures go with their files, so whatever is gone already counts."""
        self.progress.begin("Deleting", len(paths), 0)
        with ThreadPoolExecutor(ARCHIVED_AT_ONCE) as pool:
            for _ in pool.map(lambda path: self.files.archive(self.ref, path), paths):
                self.progress.done(1)

    def _remember(self, version: int | None) -> None:
        self.folder.remember(About(self.http.url, self.ref.database, self.ref.asset, version, self.part))
