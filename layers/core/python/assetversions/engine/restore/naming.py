"""A revert may bring the primary file back under another name: where it stands then, and its thumbnail."""

from assetversions.domain import names
from assetversions.domain.commands.versions import Restoring, RevertVersion
from assetversions.domain.errors import Conflict, Invalid
from assetversions.domain.model import Asset, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.thumbnails import with_thumbnails
from assetversions.engine.authorize import require
from assetversions.engine.file_names import check_new_names
from assetversions.engine.file_types import check_types
from assetversions.engine.sound import entries_at, root_of


def new_path(command: Restoring, target: Version) -> str | None:
    """Where the primary file of the version is to stand; None for where it was."""
    content = target.content
    if content is None or content.path is None or command.name in {None, content.name}:
        return None
    folder, slash, _name = content.path.rpartition("/")
    return f"{folder}{slash}{command.name}"


def renames(command: Restoring, target: Version) -> dict[str, str]:
    """By path in the version the new one: of the file, and of wherever its thumbnail may be."""
    to = new_path(command, target)
    if to is None or target.content is None or target.content.path is None:
        return {}
    return with_thumbnails(target.content.path, to)


def check_name(services: Services, asset: Asset, command: RevertVersion, target: Version) -> None:
    """Invalid for a name that no file can have here, Conflict where the version has another file of it.

    To call a file otherwise takes the right to update, too.
    """
    if command.name is None:
        return
    field = command.name_field
    if target.content is None or target.content.path is None:
        raise Invalid(field, "can be given to no file: that version has none.")
    if not command.name or "/" in command.name:
        raise Invalid(field, "must be the name of a file, without a folder.")
    to = new_path(command, target)
    if to is None:
        return
    require(services, "update", asset)
    paths = [names.file_in(asset.ref, path, field) for path in renames(command, target).values()]
    check_types(services, asset, [to], field)
    check_new_names(services, asset, [to], field)
    held = entries_at(services, asset, target, root_of(services, asset, target), paths)
    if held:
        raise Conflict(f"That version has another file at '{held[0].path}': choose another name.")
