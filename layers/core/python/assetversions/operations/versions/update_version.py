"""Change the aliases, comment or protection of a version, or the content and variables of an open draft."""

from collections.abc import Iterator
from contextlib import contextmanager

from assetversions.domain import aliases, lifecycle
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.versions import UpdateVersion
from assetversions.domain.errors import Invalid
from assetversions.domain.fields import VersionFields
from assetversions.domain.model import Asset, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Done
from assetversions.engine import lease
from assetversions.engine.authorize import require
from assetversions.engine.commit import check_expected
from assetversions.engine.content import check_presets, store_variables, stored_content
from assetversions.engine.edit import Beside, Edit, edit_version
from assetversions.engine.importing import imported
from assetversions.engine.lookup import check_aliases_free, find_any_version
from assetversions.engine.operation import operation


@operation(action="update")
def update_version(command: UpdateVersion, asset: Asset, services: Services) -> Done:
    """ReadOnly where the version's state takes no such edit; Conflict if an alias names another version.

    Lifting protection opens the way to delete: it takes the permission to.
    """
    check_expected(asset, command.expected_rev)
    with _stored(command, asset, services) as replaced:

        def edit(head: Asset, version: Version) -> Edit:
            _check(command, head, version, services)
            parting = _parting(command, head, version, services)
            return Edit(replaced | _fields(command, version), beside=parting)

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
            check_aliases_free(services, asset, sorted(_wanted(command, old)))
    if command.variables is not None:
        check_presets(services, command.variables)
        fields["variables"] = store_variables(services, asset, command.variables)
    content = imported(services, command.content)
    if content is None:
        yield fields
        return
    with stored_content(services, asset, content) as (stored, fields["content"]):
        yield fields | {"manifest": stored.digest, "files": stored.files, "bytes": stored.bytes}


def _check(command: UpdateVersion, head: Asset, version: Version, services: Services) -> None:
    lifecycle.check_editable(version)
    if command.drafts_only:
        lifecycle.check_draft(version)
    if command.content is not None or command.variables is not None:
        lifecycle.check_open(version)
        lease.check_not_target(services, head, version.number)
    if set(version.aliases) - set(_aliases(command, version)):
        lifecycle.check_unprotected(version)
    if version.protected and command.protected is False:
        require(services, "delete", head)


def _aliases(command: UpdateVersion, version: Version) -> tuple[str, ...]:
    """The first one and the others, each as it is where the command does not say otherwise."""
    first = version.alias if command.alias is None else command.alias
    others = version.other_aliases if command.other_aliases is None else command.other_aliases
    return tuple(dict.fromkeys(filter(None, (first, *others))))


def _wanted(command: UpdateVersion, version: Version) -> set[str]:
    return set(_aliases(command, version)) - set(version.aliases)


def _parting(command: UpdateVersion, head: Asset, version: Version, services: Services) -> tuple[Beside, ...]:
    """The versions that aliases are taken from, be they archived; Conflict for a protected one."""
    wanted = _wanted(command, version) if command.move_alias else set()
    numbers = {services.records.alias(head.ref, name) for name in wanted} - {None, version.number}
    if len(numbers) > aliases.MOST_PARTING:
        most = f"takes aliases from {aliases.MOST_PARTING} versions at most"
        raise Invalid("moveAlias", f"{most}; move them in several requests.")
    others = [find_any_version(services, head, VersionRef(number=number)) for number in numbers]
    for other in others:
        lifecycle.check_unprotected(other)
    kept = (tuple(name for name in other.aliases if name not in wanted) for other in others)
    return tuple(zip(others, map(aliases.as_fields, kept), strict=True))


def _fields(command: UpdateVersion, version: Version) -> VersionFields:
    fields = aliases.as_fields(_aliases(command, version))
    if command.comment is not None:
        fields["comment"] = command.comment
    if command.protected is not None:
        fields["protected"] = command.protected
    return fields
