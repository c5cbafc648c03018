"""Folders that are archived and come back, a second after what came before."""

from assetversions.domain.commands.files import ArchiveFiles, UnarchiveFile
from assetversions.domain.results.files import Unarchived
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.files.unarchive_file import unarchive_file

from tests.support.uploads import UploadWorld
from tests.support.world import REF


def filled_world() -> UploadWorld:
    """Of four files in folder `f` one is deleted; `fg` is only called alike."""
    world = UploadWorld()
    world.put(**{"f/a": "a", "f/b": "b", "f/gone": "gone", "f/sub/c": "c", "fg": "alike"})
    world.put(**{"f/gone": None})
    return world


def archive(world: UploadWorld, path: str, folder: bool = True) -> None:
    world.clock.advance()
    world.run(archive_files, ArchiveFiles(REF, path, folder))


def unarchive(world: UploadWorld, path: str, folder: bool = True) -> Unarchived:
    world.clock.advance()
    found: Unarchived = world.run(unarchive_file, UnarchiveFile(REF, path, folder))
    return found


def there(world: UploadWorld) -> dict[str, str]:
    return {path: body.decode() for path, body in world.files.contents(REF).items()}
