"""Change the alias, comment or protection of a version, or the content and variables of an open draft."""

from collections.abc import Iterator
from contextlib import contextmanager

from assetversions.domain import lifecycle
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.versions import UpdateVersion
from assetversions.domain.fields import VersionFields
from assetversions.domain.model import Asset, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Done
from assetversions.engine import lease
from assetversions.engine.authorize import require
from assetversions.engine.commit import check_expected
from assetversions.engine.content import check_presets, store_variables, stored_content
from assetversions.engine.edit import Edit, edit_version
from assetversions.engine.lookup import check_alias_free, find_any_version
from assetversions.engine.operation import operation


@operation(action="update")
def update_version(command: UpdateVersion, asset: Asset, services: Services) -> Done:
    """ReadOnly where the version's state takes no such edit; Conflict if the alias names another version.

    Lifting protection opens the way to delete: it takes the permission to.
    """
    check_expected(asset, command.expected_rev)
    with _stored(command, asset, services) as replaced:

        def edit(head: Asset, version: Version) -> Edit:
            _check(command, head, version, services)
            return Edit(replaced | _fields(command), beside=_parting(command, head, version, services))

        return edit_version(services, asset, command.version, edit, "version.updated", command.expected_rev)


@contextmanager
def _stored(command: UpdateVersion, asset: Asset, services: Services) -> Iterator[VersionFields]:
    """New content and variables, once nothing but a race can refuse them; the fields they give."""
    fields: VersionFields = {}
    if command.content is not None or command.variables is not None:
        lifecycle.check_live(asset)
        old = find_any_version(services, asset, command.version)
        _check(command, asset, old, services)
        if not command.move_alias:
            check_alias_free(services, asset, command.alias, old.number)
    if command.variables is not None:
        check_presets(services, command.variables)
        fields["variables"] = store_variables(services, asset, command.variables)
    if command.content is None:
        yield fields
        return
    with stored_content(services, asset, command.content) as (stored, fields["content"]):
        yield fields | {"manifest": stored.digest, "files": stored.files, "bytes": stored.bytes}


def _check(command: UpdateVersion, head: Asset, version: Version, services: Services) -> None:
    lifecycle.check_editable(version)
    if command.content is not None or command.variables is not None:
        lifecycle.check_open(version)
        lease.check_not_target(services, head, version.number)
    if version.alias is not None and command.alias is not None and command.alias != version.alias:
        lifecycle.check_unprotected(version)
    if version.protected and command.protected is False:
        require(services, "delete", head)


def _parting(
    command: UpdateVersion, head: Asset, version: Version, services: Services
) -> tuple[Version, VersionFields] | None:
    """The version that the alias is taken from, be it archived; Conflict for a protected one."""
    number = services.records.alias(head.ref, command.alias) if command.move_alias and command.alias else None
    if number in {None, version.number}:
        return None
    other = find_any_version(services, head, VersionRef(number=number))
    lifecycle.check_unprotected(other)
    return other, {"alias": None}


def _fields(command: UpdateVersion) -> VersionFields:
    fields: VersionFields = {}
    if command.alias is not None:
        fields["alias"] = command.alias or None
    if command.comment is not None:
        fields["comment"] = command.comment
    if command.protected is not None:
        fields["protected"] = command.protected
    return fields
