"""Bring an asset's files back to what an old version held, and record that as a new version."""

from dataclasses import dataclass, field

from assetversions.domain.commands import RevertVersion
from assetversions.domain.diff import pair
from assetversions.domain.errors import Conflict
from assetversions.domain.manifest import Entry, Root
from assetversions.domain.model import Asset, Origin, OriginKind
from assetversions.domain.ports import Services
from assetversions.domain.results import Done
from assetversions.operations.commit import check_expected
from assetversions.operations.lookup import find_version
from assetversions.operations.next_version import Draft, base_root, commit_next
from assetversions.operations.operation import operation

NAMED_IN_ERROR = 20


@dataclass
class Plan:
    """What differs between the working files and the version to restore.

    `kept` are files that hold the right bytes as another object version than the version pinned.
    """

    kept: list[Entry] = field(default_factory=list)
    copy: list[Entry] = field(default_factory=list)
    delete: list[str] = field(default_factory=list)


@operation(action="revert")
def revert_version(command: RevertVersion, asset: Asset, services: Services) -> Done:
    """Copy what differs, delete-mark what the version did not hold, touch nothing else; then commit.

    Conflict, with nothing changed, if an object version that is needed no longer exists. After a crash
    the same request finishes the work: what was already restored no longer differs.
    """
    check_expected(asset, command.expected_rev)
    target = find_version(services, asset, command.version)
    base = base_root(services, asset)
    wanted = services.manifests.root(asset.uid, target.manifest)
    plan = _plan(services, asset, wanted, base)
    _check_sources(services, asset, plan)
    copied = services.files.copy(asset.ref, plan.copy)
    services.files.delete(asset.ref, plan.delete)
    replaced = {entry.path: entry for entry in (*plan.kept, *copied)}
    restored = (replaced.get(entry.path, entry) for entry in services.manifests.entries(asset.uid, wanted))
    stored = services.manifests.write(asset.uid, restored, wanted)
    comment = f"[REVERTED FROM v{target.number}] {command.comment}".rstrip()
    origin = Origin(OriginKind.REVERTED, target.number)
    return commit_next(
        services, asset, Draft(stored, origin, target.description, comment), command.expected_rev
    )


def _plan(services: Services, asset: Asset, wanted: Root, base: Root | None) -> Plan:
    known = None if base is None else services.manifests.entries(asset.uid, base)
    plan = Plan()
    working = services.files.snapshot(asset.ref, known)
    for has, wants in pair(working, services.manifests.entries(asset.uid, wanted)):
        if has is None and wants is not None:
            plan.copy.append(wants)
        elif has is not None and wants is None:
            plan.delete.append(has.path)
        elif has is not None and wants is not None and has != wants:
            same_bytes = (has.etag, has.size) == (wants.etag, wants.size)
            (plan.kept if same_bytes else plan.copy).append(has if same_bytes else wants)
    return plan


def _check_sources(services: Services, asset: Asset, plan: Plan) -> None:
    gone = [entry.path for entry in services.files.missing(asset.ref, plan.copy)]
    if gone:
        more = f" and {len(gone) - NAMED_IN_ERROR} more" if len(gone) > NAMED_IN_ERROR else ""
        raise Conflict(f"Cannot restore, these are gone for good: {', '.join(gone[:NAMED_IN_ERROR])}{more}.")
