"""Drop what pipelines made of a file for viewers: a delete marker hides it, and it can be made anew."""

from itertools import islice

from assetversions.domain.commands.files import DeleteAuxiliary
from assetversions.domain.errors import Invalid, TooLarge
from assetversions.domain.lifecycle import check_live
from assetversions.domain.model import Asset
from assetversions.domain.names import as_folder
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import DeletedAuxiliary
from assetversions.domain.shelves import Shelf
from assetversions.engine import once
from assetversions.engine.commit import check_expected
from assetversions.engine.operation import operation

MAX_FILES = 10_000


@operation(action="update")
def delete_auxiliary_previews(command: DeleteAuxiliary, asset: Asset, services: Services) -> DeletedAuxiliary:
    """Invalid where nothing is there, TooLarge for more than a request can drop.

    After a failure the same request drops the rest, and counts all.
    """
    check_live(asset)
    check_expected(asset, command.expected_rev)
    paths, begun = _found(command, asset, services), once.earlier(services)
    if not paths and begun is None:
        raise Invalid(
            "filePath",
            f"no auxiliary preview is at '{command.path}', or below it; name the file that has some.",
        )
    if len(paths) > MAX_FILES:
        raise TooLarge(f"'{command.path}' has more than {MAX_FILES:,} files in it: name a folder in it.")
    count = len(paths) if begun is None else int(begun.before)
    once.begin(services, str(count))
    services.files.delete(Shelf.AUXILIARY.of(asset.ref), paths)
    done = DeletedAuxiliary(command.path, count)
    once.end(services, done)
    return done


def _found(command: DeleteAuxiliary, asset: Asset, services: Services) -> list[str]:
    """One more than a request can drop, at most."""
    place, path = Shelf.AUXILIARY.of(asset.ref), command.path
    rows = services.history.newest(place, as_folder(path), None)
    below = (row.path for row in rows if not row.deleted)
    itself = [] if path.endswith("/") or services.files.find(place, path) is None else [path]
    return [*itself, *islice(below, MAX_FILES + 1)]
