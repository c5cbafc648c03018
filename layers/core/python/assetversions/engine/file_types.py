"""Hold whoever brings files into an asset, or into a version, to the types that its database takes."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from assetversions.domain.errors import MAX_PATHS_IN_ERROR, Conflict, Invalid, NotFound
from assetversions.domain.manifests.manifest import Entry, PathChange, Root
from assetversions.domain.manifests.merge import same_bytes
from assetversions.domain.model import Asset, Database
from assetversions.domain.ports.services import Services
from assetversions.engine.budget import Meter
from assetversions.engine.sound import beside_base

MAX_LEFT_OUT = 1_000


class Types:
    """Leaves files out of what passes whose type the database does not take, and remembers the paths.

    What the last known manifest holds stays, be it a copy by now: it was taken once. So was what came since,
    where all that writes is ours: we ask before.
    """

    def __init__(self, services: Services, asset: Asset) -> None:
        self._services = services
        self._asset = asset
        self._left_out: list[str] = []

    @cached_property
    def _database(self) -> Database:
        return database_of(self._services, self._asset)

    @property
    def left_out(self) -> dict[str, str]:
        """The paths of the last reading, each with the reason."""
        return {path: problem(self._database) for path in self._left_out}

    def watched(self, meter: Meter) -> Meter:
        """The same meter, of what is taken."""
        if self._services.all_noted and self._asset.base is not None:
            return meter
        return lambda reading: self.rows(meter(reading))

    def rows(self, rows: Iterable[PathChange]) -> Iterator[PathChange]:
        """Conflict for so many files that nobody would read their names."""
        self._left_out = []
        for row in rows:
            if row.current is None or _known(row.base, row.current) or self._database.takes(row.path):
                yield row
                continue
            if len(self._left_out) == MAX_LEFT_OUT:
                raise Conflict(f"More than {MAX_LEFT_OUT:,} files are in the way: {problem(self._database)}.")
            self._left_out.append(row.path)
            yield row._replace(current=None)


def _known(base: Entry | None, current: Entry) -> bool:
    return base is not None and (base == current or same_bytes(base, current))


def check_types(services: Services, asset: Asset, paths: Iterable[str], field: str) -> None:
    """Invalid that names the first of these paths at which the database takes no file."""
    if paths := list(paths):
        database = database_of(services, asset)
        refused = [path for path in paths if not database.takes(path)]
        if refused:
            named = ", ".join(f"'{path}'" for path in refused[:MAX_PATHS_IN_ERROR])
            more = len(refused) - MAX_PATHS_IN_ERROR
            rest = f" and {more} more" if more > 0 else ""
            raise Invalid(field, f"{problem(database)}, not {named}{rest}.")


def check_pins(services: Services, asset: Asset, pins: Mapping[str, str]) -> None:
    """The same for object versions that are asked for, but for those which the last known manifest holds."""

    def strange(base: Root | None) -> list[str]:
        known = () if base is None else services.manifests.entries(asset.uid, base)
        held = {entry.path for entry in known if pins.get(entry.path) == entry.version_id}
        return [path for path in pins if path not in held]

    if pins and database_of(services, asset).extensions:
        check_types(services, asset, beside_base(services, asset, strange), "files")


def database_of(services: Services, asset: Asset) -> Database:
    """As it is now."""
    database = services.records.database(asset.ref.database_id)
    if database is None:
        raise NotFound("database", asset.ref.database_id)
    return database


def problem(database: Database) -> str:
    """What there is to say of a file that it does not take."""
    return f"this database takes only files of {', '.join(database.extensions)}"
