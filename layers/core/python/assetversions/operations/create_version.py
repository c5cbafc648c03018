"""Freeze an asset's files as its next version."""

from collections.abc import Iterable

from assetversions.domain.commands import CreateVersion
from assetversions.domain.manifest import Entry, Root
from assetversions.domain.model import Asset, Origin, OriginKind
from assetversions.domain.ports import Services
from assetversions.domain.results import Done
from assetversions.operations.commit import check_expected
from assetversions.operations.next_version import Draft, base_root, commit_next
from assetversions.operations.operation import operation


@operation(action="create")
def create_version(command: CreateVersion, asset: Asset, services: Services) -> Done:
    """Pin the object versions asked for, or take the working files, and commit them as a new version.

    Invalid if an object version does not exist; Conflict if the alias is taken or `expected_rev` no
    longer holds. Nothing is changed then.
    """
    check_expected(asset, command.expected_rev)
    base = base_root(services, asset)
    stored = services.manifests.write(asset.uid, _entries(command, asset, services, base), base)
    origin = Origin(OriginKind.CREATED)
    draft = Draft(stored, origin, command.description, command.comment, command.alias)
    return commit_next(services, asset, draft, command.expected_rev)


def _entries(command: CreateVersion, asset: Asset, services: Services, base: Root | None) -> Iterable[Entry]:
    if command.pins is not None:
        return services.files.pinned(asset.ref, command.pins)
    known = None if base is None else services.manifests.entries(asset.uid, base)
    return services.files.snapshot(asset.ref, known)
