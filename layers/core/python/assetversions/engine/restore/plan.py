"""Restore working files to what a manifest says: find the steps, say what is there once they are done."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from types import MappingProxyType
from typing import NamedTuple

from assetversions.domain.errors import MAX_PATHS_IN_ERROR, Conflict
from assetversions.domain.jobs import JobKind
from assetversions.domain.journal import FilePlace
from assetversions.domain.manifests.delta import LIMITS
from assetversions.domain.manifests.manifest import Entry, PathChange, Root
from assetversions.domain.manifests.merge import Changed, pair
from assetversions.domain.model import Asset, Version
from assetversions.domain.names import folders
from assetversions.domain.portable import Watch
from assetversions.domain.ports.files import Reading, Source
from assetversions.domain.ports.services import Services
from assetversions.engine.budget import Meter
from assetversions.engine.originals import sources_at
from assetversions.engine.presence import Lookout
from assetversions.engine.sound import entries_at, files_in, root_of
from assetversions.engine.telling import Pair, tell


class Step(NamedTuple):
    """A path that has to change, or is no longer what the base manifest knew.

    `current` is the file that is there, `copy` the object version to put back, in a storage class if that is
    not S3's standard; `delete` removes the file. `origin` is the path where the object version is, if that is
    another one.
    """

    path: str
    current: Entry | None
    copy: Entry | None = None
    delete: bool = False
    storage_class: str | None = None
    origin: str | None = None

    @property
    def idle(self) -> bool:
        return self.copy is None and not self.delete


class Wish(NamedTuple):
    """A path as it is, and what a restore wants there; not `selected` where it is not about this path."""

    row: PathChange
    wants: Entry | None
    selected: bool

    @property
    def path(self) -> str:
        return self.row.path


# What moves to no other path.
STAYING: Mapping[str, str] = MappingProxyType({})


class Restore:
    """One restore of an asset to a version; `unmet` are those of the paths asked for that met no file yet.

    `renames` has the new path of a file by that in the version, where it is to stand elsewhere.

    `names` has seen what stands, whether it stays or not.

    `lookout` sees the version's own files where the same bytes stand already, as another object version.
    """

    def __init__(
        self,
        services: Services,
        asset: Asset,
        target: Version,
        paths: tuple[str, ...],
        base: Root | None,
        lookout: Lookout | None = None,
        renames: Mapping[str, str] = STAYING,
    ) -> None:
        self.base = base
        self.unmet = set(paths)
        self.names = Watch()
        self._services = services
        self._asset = asset
        self._target = target
        self._paths = frozenset(paths)
        self._lookout = lookout
        self._renames = renames
        self._origins: Mapping[str, str] = STAYING

    def steps(self, meter: Meter, asked: Callable[[int], None] = lambda _: None) -> Iterator[Step]:
        """In path order; changes nothing. Costs a snapshot; `asked` hears of requests beyond that.

        Damaged where the base is.
        """
        manifests, uid = self._services.manifests, self._asset.uid
        base = None if self.base is None else manifests.entries(uid, self.base)
        files, ref = self._services.files, self._asset.ref
        working = meter(files.working(ref, base))
        wishes = self._renamed(self._wish(found, wants) for found, wants in self._beside(working))
        for (row, wants, selected), same in tell(files, ref, wishes, _sides, asked):
            origin = self._origins.get(row.path)
            step = _step(row, wants, same, origin) if selected else Step(row.path, row.current)
            if self._lookout and same and wants and row.current and wants[:2] != row.current[:2]:
                self._lookout.see(wants)
            if row.current is not None:
                self.names.stand(row.path)
            if not step.idle or row.current != row.base:
                yield step

    def _beside(self, working: Iterable[PathChange]) -> Iterator[tuple[PathChange | None, Entry | None]]:
        """The working files with what the version has there; that is not read where the base tells it."""
        manifests, uid = self._services.manifests, self._asset.uid
        root = root_of(self._services, self._asset, self._target)
        if self.base is None or self.base.origin != root.origin:
            yield from pair(working, files_in(self._services, self._asset, self._target, root))
            return
        both = manifests.beside(uid, self.base, root)
        differing = (PathChange((one or other).path, one, other) for one, other in both)  # type: ignore[union-attr]
        for row, other in pair(working, differing):
            yield row, other.current if other is not None else row and row.base

    def check_own(self) -> None:
        """Conflict where files of the version are gone whose bytes stand: after the steps."""
        if self._lookout is not None:
            self._lookout.refuse(self._target)

    def paths(self, changed: Iterable[Changed]) -> Iterator[str]:
        """Those at which files stand once the steps are carried out."""
        return (row.path for row in self._rows(changed) if row.current is not None)

    def _rows(self, changed: Iterable[Changed], known: Iterable[Entry] | None = None) -> Iterator[PathChange]:
        """The working files once the steps are carried out, without listing them again."""
        manifests, uid = self._services.manifests, self._asset.uid
        if known is None:
            known = () if self.base is None else manifests.entries(uid, self.base)
        for entry, change in pair(known, changed):
            path = (entry or change).path  # type: ignore[union-attr]
            yield PathChange(path, entry, entry if change is None else change.entry)

    def left(self, changed: Iterable[Changed]) -> Reading:
        """The same, beside an excerpt of the base where few have changed: then no other file is looked at."""
        rest = iter(changed)
        some = list(islice(rest, LIMITS.changes + 1))
        excerpt = None
        if self.base is not None and len(some) <= LIMITS.changes:
            manifests, paths = self._services.manifests, {change.path for change in some}
            excerpt = manifests.excerpt(self._asset.uid, self.base, paths, self._asset.primary)
        known = None if excerpt is None else excerpt.entries
        return Reading(self._rows(chain(some, rest), known), beside=excerpt)

    def _wish(self, found: PathChange | None, wants: Entry | None) -> Wish:
        row = found or PathChange(wants.path, None, None)  # type: ignore[union-attr]
        return Wish(row, wants, self._selects(row.path))

    def _renamed(self, wishes: Iterable[Wish]) -> Iterable[Wish]:
        """The same, with files of the version at their new paths in place of the old ones."""
        if not self._renames:
            return wishes
        root = root_of(self._services, self._asset, self._target)
        found = entries_at(self._services, self._asset, self._target, root, self._renames)
        self._origins = {self._renames[entry.path]: entry.path for entry in found}
        moved = sorted(entry._replace(path=self._renames[entry.path]) for entry in found)
        return (self._with_new(wish, entry) for wish, entry in pair(wishes, moved))

    def _with_new(self, wish: Wish | None, entry: Entry | None) -> Wish:
        if entry is not None:
            return Wish(wish.row if wish else PathChange(entry.path, None, None), entry, True)
        assert wish is not None
        return wish._replace(wants=None) if wish.path in self._renames else wish

    def _selects(self, path: str) -> bool:
        met = self._paths & {path, *folders(path)} if self._paths else frozenset()
        self.unmet -= met
        return bool(met) or not self._paths


def sources_of(services: Services, asset: Asset, steps: Sequence[Step]) -> list[Source]:
    """What is copied, each looked at where it is whether it can be read."""
    copies = [step.copy for step in steps if step.copy is not None]
    elsewhere = {step.path: FilePlace(asset.ref, step.origin) for step in steps if step.origin is not None}
    return sources_at(services, asset, copies, elsewhere)


def from_sources(steps: Iterable[Step], sources: Iterable[Source]) -> list[Step]:
    """The steps with what their sources tell; those files stay as they are whose source can't be read."""
    found = {source.path: source for source in sources}
    return [step if step.copy is None else _from_source(step, step.copy, found[step.path]) for step in steps]


def to_stand(step: Step) -> Changed:
    """What is to stand at a path."""
    return Changed(step.path, None if step.delete else step.copy or step.current)


def new_names(steps: Iterable[Step]) -> Iterator[str]:
    """The paths at which files are to stand where there are none."""
    return (step.path for step in steps if step.copy is not None and step.current is None)


def unreadable(sources: Iterable[Source]) -> list[Source]:
    return [source for source in sources if source.trouble is not None]


def reasons(lost: Iterable[Source]) -> dict[str, str]:
    """By path."""
    return {source.path: source.trouble for source in lost if source.trouble is not None}


def refuse_missing(lost: Sequence[Source], count: int, kind: JobKind | None = None) -> None:
    """Conflict that names the first of the files that can't be restored, why, and says how many there are."""
    if not count:
        return
    shown = lost[:MAX_PATHS_IN_ERROR]
    reasons = dict.fromkeys(source.trouble for source in shown)
    said = "; ".join(
        f"{', '.join(source.path for source in shown if source.trouble == reason)} ({reason})"
        for reason in reasons
    )
    more = count - len(shown)
    rest = f" and {more} more" if more > 0 else ""
    advice = "; skipMissing reverts the other files" if kind is JobKind.REVERT else ""
    raise Conflict(f"Cannot restore {said}{rest}. Nothing was changed{advice}.")


def _from_source(step: Step, wanted: Entry, source: Source) -> Step:
    readable = source.trouble is None
    return step._replace(copy=wanted if readable else None, storage_class=source.storage_class)


def _sides(wish: Wish) -> Pair:
    return (wish.row.current, wish.wants) if wish.selected else (None, None)


def _step(row: PathChange, wants: Entry | None, same: bool | None, origin: str | None) -> Step:
    if wants is None:
        return Step(row.path, row.current, delete=row.current is not None)
    return Step(row.path, row.current, copy=None if same else wants, origin=None if same else origin)
