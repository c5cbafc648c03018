"""Long operations: wait for their end, and show how far they are to who looks on."""

import sys
import time
from typing import TYPE_CHECKING

from avs.output import clean, is_terminal
from avs.problems import Exit, Problem
from avs.session import Session

if TYPE_CHECKING:
    from assetversions_client import AssetRef
    from assetversions_client.jobs import Job, Known
    from assetversions_client.lifecycle import Outcome

FIRST_PAUSE, LAST_PAUSE = 0.2, 5.0


def ended(session: Session, ref: "AssetRef", operation: str) -> "Job":
    """The job once it has succeeded; who stops waiting is told how to go on."""
    try:
        found = _wait(session, ref, operation)
    except KeyboardInterrupt:
        session.say(f"It goes on without you: avs jobs {ref} {operation} --wait")
        raise
    if found.state == "succeeded":
        return found
    raise Problem(
        Exit.CONFLICT,
        f"The {found.operation} of {ref} {found.state}: {found.error or 'no reason is known'}",
        "What it had done by then stays; the same command again finishes it." if found.done else "",
    )


def number(session: Session, ref: "AssetRef", outcome: "Outcome") -> int | None:
    """The version that came of it, at once or by a job."""
    said = outcome.asset_version_id
    if outcome.operation_id is not None:
        said = ended(session, ref, outcome.operation_id).version
    return int(said) if said else None


def _wait(session: Session, ref: "AssetRef", operation: str) -> "Job":
    jobs, pause = session.client().jobs, FIRST_PAUSE
    shown = is_terminal(sys.stderr)
    while not (found := jobs.get(ref, operation)).ended:
        if shown:
            print(f"\r\x1b[K{clean(far(found))}", end="", file=sys.stderr, flush=True)
        time.sleep(pause)
        pause = min(LAST_PAUSE, pause * 1.5)
    if shown:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    return found


def far(job: "Known") -> str:
    """How far it is, in a few words."""
    steps = f", {job.done or 0} of {job.total}" if job.total else ""
    return f"{job.operation}: {job.state}{steps}"
