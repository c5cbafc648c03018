"""Which object versions of a file are handed out: not what only deleted versions held."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from assetversions.domain.errors import TooLarge
from assetversions.domain.manifests.manifest import Entry, PathChange
from assetversions.domain.manifests.merge import pair
from assetversions.domain.model import Asset, State, Version
from assetversions.domain.ports.files import Reading
from assetversions.domain.ports.services import Services
from assetversions.engine.budget import ROW, Estimate, Meter, OverBudget
from assetversions.engine.ours import CLOCKS_APART
from assetversions.engine.sound import files_of, readable

# Why a file can't come back.
WITHHELD = "held by deleted versions alone"

PAGE = 100
# In microseconds: a manifest is read after the other, in a part or two of so many rows at most.
MANIFEST, ROWS = 50_000, 50_000


def is_handed_out(services: Services, asset: Asset, entry: Entry) -> bool:
    """False where a deleted version held it, and no other one nor the working files do.

    Costs nothing while no version is deleted. TooLarge where more would have to be read than a request can.
    """
    if not asset.deleted:
        return True
    newest = services.files.find(asset.ref, entry.path)
    if newest is not None and newest.version_id == entry.version_id:
        return True
    try:
        states = _holders(services, asset, entry)
    except OverBudget as error:
        raise TooLarge(
            f"'{entry.path}': more versions would have to be read than a request can, to tell whether one "
            "holds this that is not deleted; take it from one that does, with assetVersionId."
        ) from error
    return states != {State.DELETED}


def first_withheld(services: Services, asset: Asset, digest: str, meter: Meter) -> Entry | None:
    """The first file of a new manifest of old object versions that is not handed out; None where all are.

    What is read for that passes through the meter.
    """

    def mine() -> Iterator[Entry]:
        return services.manifests.entries(asset.uid, services.manifests.root(asset.uid, digest))

    left = _of_deleted_alone(services, asset, mine, "", meter, digest)
    return _first_not_there(services, asset, left, meter)


def withheld(
    services: Services, asset: Asset, folder: str, entries: Sequence[Entry], meter: Meter
) -> Collection[str]:
    """The paths of those that are not handed out, of archived files of a folder in path order."""
    return {one.path for one in _of_deleted_alone(services, asset, lambda: entries, folder, meter)}


def _of_deleted_alone(
    services: Services,
    asset: Asset,
    mine: Callable[[], Iterable[Entry]],
    folder: str,
    meter: Meter,
    digest: str | None = None,
) -> list[Entry]:
    """What deleted versions hold of these entries, all in a folder, and no other one."""
    if not asset.deleted:
        return []
    live, gone = _by_manifest(services, asset)
    if digest in live:
        return []
    rest: dict[str, Entry] = {}
    for version in gone.values():
        pairs = pair(mine(), _files_in(services, asset, version, folder, meter))
        rest |= {one.path: one for one, other in pairs if one and other and _same(one, other)}
    for version in live.values():
        if not rest:
            break
        for entry in _files_in(services, asset, version, folder, meter):
            if _same(rest.get(entry.path), entry):
                del rest[entry.path]
    return [rest[path] for path in sorted(rest)]


def _by_manifest(services: Services, asset: Asset) -> tuple[dict[str, Version], dict[str, Version]]:
    """One version for each manifest: of those that are not deleted, and of those that all are."""
    live, gone = dict[str, Version](), dict[str, Version]()
    for version in services.records.versions(asset.ref, None, PAGE):
        (gone if version.state is State.DELETED else live)[version.manifest] = version
    return live, {digest: version for digest, version in gone.items() if digest not in live}


def _files_in(
    services: Services, asset: Asset, version: Version, folder: str, meter: Meter
) -> Iterator[Entry]:
    """What a version holds in a folder, "" for all of it."""
    for entry in _metered(files_of(services, asset, version, folder.rstrip("/") or None), meter):
        if entry.path.startswith(folder):
            yield entry
        elif entry.path > folder:
            return


def _first_not_there(
    services: Services, asset: Asset, entries: Sequence[Entry], meter: Meter
) -> Entry | None:
    """The first that is not the newest at its path."""
    asked = [row.path for row in meter(Reading(PathChange(one.path, None, one) for one in entries))]
    newest = services.files.current(asset.ref, asked)
    return next((one for one, now in zip(entries, newest, strict=True) if not _same(now, one)), None)


def _same(one: Entry | None, other: Entry) -> bool:
    return one is not None and one.version_id == other.version_id


def _metered(entries: Iterator[Entry], meter: Meter) -> Iterator[Entry]:
    """A manifest is read by a request or a few, as a listing is."""

    def rows() -> Iterator[PathChange]:
        reading.watch()
        yield from (PathChange(entry.path, entry, entry) for entry in entries)

    reading = Reading(rows())
    return (row.current for row in meter(reading) if row.current is not None)


def _holders(services: Services, asset: Asset, entry: Entry) -> set[State]:
    """The states of versions that hold it, newest first, up to the first that is not deleted."""
    estimate, known, states = Estimate(), dict[str, bool](), set[State]()
    for version in services.records.versions(asset.ref, None, PAGE):
        if (version.created_at + CLOCKS_APART).timestamp() < entry.modified:
            break
        if version.manifest not in known:
            estimate.add(MANIFEST + ROW * min(version.files, ROWS))
            with readable(version):
                found = services.manifests.find(asset.uid, version.manifest, entry.path)
            known[version.manifest] = found is not None and found.version_id == entry.version_id
        if known[version.manifest]:
            states.add(version.state)
            if version.state is not State.DELETED:
                break
    return states
