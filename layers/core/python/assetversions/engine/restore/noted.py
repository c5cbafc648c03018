"""What a restore writes stands in the journal before it is written: who reads by the journal looks there."""

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from assetversions.domain.errors import LostRace
from assetversions.domain.journal import DEAD_AFTER, ChangeKind, ChangeSet, PathState
from assetversions.domain.manifests.merge import Changed
from assetversions.domain.model import Asset
from assetversions.domain.ports.files import Files
from assetversions.domain.ports.services import Services
from assetversions.engine.claiming import ours
from assetversions.engine.restore.plan import Step, carry_out


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
        return carry_out(files, asset.ref, steps), []
    now, journal = services.now(), services.journal
    opened = ours(services, set_id, ChangeKind.RESTORE, now, now + DEAD_AFTER, set_id)
    journal.open(asset.ref, opened, states)
    changed = carry_out(files, asset.ref, steps)
    left = {row.path: row.entry and row.entry.version_id for row in changed}
    done = [state._replace(after=left[state.path]) for state in states]
    closed = replace(opened, closed_at=max(services.now(), opened.opened_at))
    try:
        journal.close(asset.ref, closed, done)
    except LostRace:
        journal.record(asset.ref, closed, done)
    return changed, [closed]
