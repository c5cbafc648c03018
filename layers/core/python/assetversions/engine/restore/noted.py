"""What a restore writes stands in the journal before it is written: who reads by the journal looks there."""

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from assetversions.domain.errors import LostRace
from assetversions.domain.journal import DEAD_AFTER, ChangeKind, ChangeSet, FilePlace, PathState
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.manifests.merge import Changed
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.ports.files import Files, Source
from assetversions.domain.ports.services import Services
from assetversions.engine.claiming import ours
from assetversions.engine.restore.plan import Step


def job_prefix(job_id: str) -> str:
    """What the ids of a job's sets begin with."""
    return f"{ChangeKind.RESTORE}-{job_id}-"


def carry_out_noted(
    services: Services,
    files: Files,
    asset: Asset,
    set_id: str,
    steps: Sequence[Step],
    asked: Collection[Step],
) -> tuple[list[Changed], list[ChangeSet]]:
    """What stands at each path then, and the set that tells of those that were `asked` for.

    Who calls has the lease, so that no version is made of files in between. Where it breaks off, the set
    stays open until one looks at its paths.
    """
    states = [
        PathState(step.path, step.current and step.current.version_id) for step in asked if not step.idle
    ]
    if not states:
        return _carry_out(files, asset.ref, steps), []
    now, journal = services.now(), services.journal
    opened = ours(services, set_id, ChangeKind.RESTORE, now, now + DEAD_AFTER, set_id)
    journal.open(asset.ref, opened, states)
    changed = _carry_out(files, asset.ref, steps)
    left = {row.path: row.entry and row.entry.version_id for row in changed}
    done = [state._replace(after=left[state.path]) for state in states]
    closed = replace(opened, closed_at=max(services.now(), opened.opened_at))
    try:
        journal.close(asset.ref, closed, done)
    except LostRace:
        journal.record(asset.ref, closed, done)
    return changed, [closed]


def _carry_out(files: Files, ref: AssetRef, steps: Sequence[Step]) -> list[Changed]:
    """Copy and delete side by side; returns what stands at each path afterwards, in order."""
    copies = [_source(ref, step, step.copy) for step in steps if step.copy is not None]
    copied = {entry.path: entry for entry in files.copy(ref, copies)}
    files.delete(ref, [step.path for step in steps if step.delete])
    left = {step.path: None if step.delete else copied.get(step.path, step.current) for step in steps}
    return [Changed(path, entry) for path, entry in left.items()]


def _source(ref: AssetRef, step: Step, wanted: Entry) -> Source:
    place = None if step.origin is None else FilePlace(ref, step.origin)
    return Source(wanted, step.storage_class, place=place)
