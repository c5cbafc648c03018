"""Bring a folder to what a version holds: fetch what differs, prove it, and let each file appear at once."""

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from assetversions_client import errors, names
from assetversions_client.fetching import Fetcher
from assetversions_client.folders import About, Folder, about
from assetversions_client.http import Http
from assetversions_client.locks import alone
from assetversions_client.placing import Places
from assetversions_client.plan import Plan, StoredFile, compare
from assetversions_client.progress import Progress, Quiet
from assetversions_client.standing import learn
from assetversions_client.versions import VersionFile, VersionFiles, Versions
from assetversions_client.wire import AssetRef

FILES_AT_ONCE = 16


class Pulled(Struct, frozen=True):
    """What a pull did.

    `kept` says where files of yours are now that were in the way, `unheld` what this disk can't hold, `odd`
    what others can't, `gone` what the store has lost, `unproved` what only its size tells.
    """

    version: int
    fetched: list[str]
    fetched_bytes: int
    same: int
    deleted: list[str]
    kept: dict[str, str]
    unheld: dict[str, str]
    odd: dict[str, str]
    gone: list[str]
    unproved: list[str]

    @property
    def whole(self) -> bool:
        return not (self.unheld or self.gone)


def pull(
    http: Http,
    ref: AssetRef,
    root: Path,
    *,
    version: str = "current",
    path: str | None = None,
    delete: bool = False,
    progress: Progress | None = None,
) -> Pulled:
    """Fetch a version, or what is at or below a `path` of it; with `delete` nothing else stays there.

    A file of yours whose bytes the store is not known to have is moved aside, never lost. A folder of another
    asset is Refused, and so is a path at which the version has nothing.
    """
    standing = about(root)
    if standing is not None and (standing.database_id, standing.asset_id) != (ref.database, ref.asset):
        raise errors.Refused(
            f"{root} is a folder of {standing.database_id}/{standing.asset_id}; pull into another one."
        )
    found = Versions(http).all_files(ref, version)
    if path is not None and not any(below(file.relative_key, path) for file in found.files):
        raise errors.NotFound(f"Version {found.number} has nothing at '{path}'.")
    folder = Folder(root, create=True)
    try:
        with alone(folder.own):
            done = _Pull(http, ref, folder, found, progress or Quiet()).run(path, delete)
            if path is None:
                learn(http, folder.memory, ref, found.id, found.files, None)
            return done
    except OSError as error:
        raise errors.local(error) from error


def below(name: str, path: str | None) -> bool:
    """Whether a file is at a path, or in the folder of that name."""
    return path is None or name == path or name.startswith(f"{path.rstrip('/')}/")


class _Pull:
    def __init__(
        self, http: Http, ref: AssetRef, folder: Folder, version: VersionFiles, progress: Progress
    ) -> None:
        self.http = http
        self.ref = ref
        self.folder = folder
        self.number = version.number
        self.files = version.files
        self.progress = progress
        folder.stand_beside(http.url, ref)
        self.folds = names.disk_folds(folder.own)

    def run(self, path: str | None, delete: bool) -> Pulled:
        files = [file for file in self.files if below(file.relative_key, path)]
        wanted = {file.relative_key: file for file in files if not file.relative_key.endswith("/")}
        folders = [file.relative_key for file in files if file.relative_key.endswith("/")]
        gone = [name for name, file in wanted.items() if file.is_permanently_deleted]
        unheld = names.unheld(
            [*wanted, *(name.rstrip("/") for name in folders)],
            self.folder.root,
            folds=self.folds,
            is_windows=sys.platform == "win32",
        )
        take = {name: file for name, file in wanted.items() if name not in {*gone, *unheld}}
        local = {name: file for name, file in self.folder.scan().files.items() if below(name, path)}
        plan = compare(self.folder, local, [_stored(file) for file in take.values()])
        differs = [*(file.path for file in plan.changed), *(file.path for file in plan.missing)]
        fetch = [take[name] for name in differs]
        self._check_room(fetch)
        places = Places(self.folder)
        self.progress.begin("Fetching", len(fetch), sum(file.size for file in fetch))
        with Fetcher(self.http, self.ref, str(self.number), places, self.progress, FILES_AT_ONCE) as fetcher:
            fetcher.fetch_all(fetch)
        rest = (file for file in self.files if not below(file.relative_key, path))
        places.clear_parts((file.relative_key, file.version_id) for file in rest)
        for name in folders:
            if name.rstrip("/") not in unheld:
                places.make_folder(name)
        deleted = self._delete(places, plan, wanted) if delete else []
        self.folder.remember(About(self.http.url, self.ref.database, self.ref.asset, self.number, path))
        return Pulled(
            self.number,
            [file.relative_key for file in fetch],
            sum(file.size for file in fetch),
            len(plan.same),
            deleted,
            places.kept,
            unheld,
            names.elsewhere(take),
            gone,
            fetcher.unproved,
        )

    def _check_room(self, fetch: Iterable[VersionFile]) -> None:
        needed, free = sum(file.size for file in fetch), shutil.disk_usage(self.folder.root).free
        if needed > free:
            raise errors.LocalFault(
                f"{self.folder.root} has {free:,} bytes free, and {needed:,} are to come; make room first."
            )

    def _delete(self, places: Places, plan: Plan, wanted: Iterable[str]) -> list[str]:
        """What the version has not; where case does not count, that may be what was just fetched."""
        kept = {names.folded(name) if self.folds else name for name in wanted}
        extra = [file.path for file in plan.added]
        extra = [name for name in extra if (names.folded(name) if self.folds else name) not in kept]
        for name in extra:
            places.remove(name)
        return extra


def _stored(file: VersionFile) -> StoredFile:
    return StoredFile(file.relative_key, file.size, file.etag)
