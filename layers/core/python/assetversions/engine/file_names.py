"""Refuse names that not every disk can hold, where the database wants that."""

from collections.abc import Iterable, Iterator, Sequence

from assetversions.domain import portable
from assetversions.domain.errors import Invalid
from assetversions.domain.manifests.manifest import PathChange
from assetversions.domain.model import Asset
from assetversions.domain.portable import NameWarnings
from assetversions.domain.ports.files import Reading
from assetversions.domain.ports.manifests import Stored
from assetversions.domain.ports.services import Services
from assetversions.domain.uploads import NewFile, UploadFile
from assetversions.engine.budget import Meter
from assetversions.engine.file_types import database_of, problem
from assetversions.engine.previews import check_small


class Names:
    """Watches the paths of each reading that passes a meter; what the last one holds counts."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._watch = portable.Watch()

    def meter(self, reading: Reading) -> Iterator[PathChange]:
        beside = reading.beside
        self._watch = portable.Watch() if beside is None else portable.Watch(beside.folds)
        for row in self._meter(reading):
            if row.current is not None and not (beside and row.path in beside.held):
                self._watch.see(row.path)
            yield row

    def warnings(self, services: Services, asset: Asset, stored: Stored) -> NameWarnings:
        """Only for twins the manifest is read again, to name them."""

        def paths() -> Iterator[str]:
            root = services.manifests.root(asset.uid, stored.digest)
            return (entry.path for entry in services.manifests.entries(asset.uid, root))

        return self._watch.found(paths)


def check_upload(services: Services, asset: Asset, files: Sequence[NewFile | UploadFile]) -> None:
    """Invalid for files that the database, as it is now, does not take: their extensions, or their names.

    So are previews that are no small pictures.
    """
    database, paths = database_of(services, asset), [file.path for file in files]
    for index, path in enumerate(paths):
        if not database.takes(path):
            raise Invalid(f"files.{index}.relativeKey", f"{problem(database)}.")
    check_new_names(services, asset, paths, "files")
    check_small(files)


def check_new_names(services: Services, asset: Asset, paths: Iterable[str], field: str) -> None:
    """The same for names that a request is about to give to files."""
    refuse(services, asset, portable.check(paths), field)


def refuse(services: Services, asset: Asset, found: NameWarnings, field: str) -> None:
    """Invalid that names the paths, where the asset's database wants portable names."""
    if found.count:
        database = services.records.database(asset.ref.database_id)
        if database is not None and database.portable_names:
            raise Invalid(field, f"this database takes only names that every disk can hold: {found}.")
