"""Bring an asset's files back to what an old version held, and point the asset at that version."""

from collections.abc import Iterable
from dataclasses import replace

from assetversions.domain import lifecycle
from assetversions.domain.commands import ActivateVersion
from assetversions.domain.manifest import Entry, Root
from assetversions.domain.model import Asset, Change, Version
from assetversions.domain.ports import Services
from assetversions.domain.results import Deferred, Done, Planned
from assetversions.operations import lease
from assetversions.operations.commit import commit, event, moved
from assetversions.operations.lookup import find_any_version
from assetversions.operations.operation import operation
from assetversions.operations.restore_files import restore_files

KIND = "activate"


@operation(action="revert")
def activate_version(command: ActivateVersion, asset: Asset, services: Services) -> Done | Planned | Deferred:
    """Restore the files, then move the pointer; no new version comes of it.

    Conflict, with nothing changed, for an archived or deleted version, if an object version that is needed
    no longer exists, or if another restore is under way.
    """
    lifecycle.check_activatable(find_any_version(services, asset, command.version))
    return restore_files(command, asset, services, KIND, conclude)


def conclude(
    services: Services,
    head: Asset,
    _command: ActivateVersion,
    target: Version,
    _entries: Iterable[Entry],
    _base: Root | None,
    expected_rev: int | None,
    job: str | None = None,
) -> Done:
    """Point the head at the version, whose manifest the working files now match."""

    def build(now: Asset) -> tuple[Change, Version]:
        lease.check_kept(head, now)
        version = services.records.version(now.ref, target.number) or target
        lifecycle.check_activatable(version)
        note = event(services, "version.activated", version.number)
        free = now.lease and replace(now.lease, until=note.at)
        pointing = {"current": version.number, "base": version.manifest, "lease": free}
        return replace(moved(now, note, **pointing), job=job), version

    return Done(*commit(services, head, build, expected_rev))
