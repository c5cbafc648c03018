"""Change the comment of a version, make it the one that its asset points at, or both at once."""

from msgspec.structs import replace

from assetversions.domain import lifecycle
from assetversions.domain.commands.versions import ActivateVersion, AdjustVersion
from assetversions.domain.errors import Invalid, NotFound
from assetversions.domain.model import Asset, State, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Deferred, Done, Planned, VersionDetails
from assetversions.engine.authorize import require
from assetversions.engine.commit import check_expected
from assetversions.engine.edit import Edit, edit_version
from assetversions.engine.expand import expand_versions
from assetversions.engine.lookup import find_version
from assetversions.engine.operation import operation
from assetversions.engine.restore.run import activate


def _again(command: AdjustVersion, done: Done | Deferred, services: Services) -> VersionDetails:
    if isinstance(done, Done):
        return _shown(command, services, done.asset, done.version)
    shown = _shown(command, services, done.asset, find_version(services, done.asset, command.version))
    return replace(shown, extras=replace(shown.extras, restoring=True))


@operation(action="update", again=_again)
def adjust_version(command: AdjustVersion, asset: Asset, services: Services) -> VersionDetails:
    """Activation takes the permission to revert; where it fails, the comment stays as it was."""
    found = find_version(services, asset, command.version)
    _check_name(command, found)
    if command.activate:
        return _activated(command, asset, services)
    check_expected(asset, command.expected_rev)
    comment = command.comment
    if comment is None:
        return _shown(command, services, asset, found)

    def edit(_head: Asset, version: Version) -> Edit:
        if version.state is State.DELETED:
            raise NotFound("version", str(command.version))
        lifecycle.check_editable(version)
        return Edit({"comment": comment})

    done = edit_version(services, asset, command.version, edit, "version.updated", command.expected_rev)
    return _again(command, done, services)


def _check_name(command: AdjustVersion, found: Version) -> None:
    name = found.content and found.content.name
    if command.name not in {None, name}:
        problem = "can't be changed: the file of a version keeps its own. Copy it under another."
        raise Invalid(command.name_field, problem)


def _activated(command: AdjustVersion, asset: Asset, services: Services) -> VersionDetails:
    require(services, "revert", asset)
    wanted = ActivateVersion(
        command.asset, command.version, expected_rev=command.expected_rev, comment=command.comment
    )
    done = activate(wanted, asset, services)
    assert not isinstance(done, Planned)
    return _again(command, done, services)


def _shown(command: AdjustVersion, services: Services, asset: Asset, version: Version) -> VersionDetails:
    return VersionDetails(asset, version, *expand_versions(services, asset, [version], command.expand))
