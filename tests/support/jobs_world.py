"""An asset in the middle of its life, and the requests that may be done as jobs on it."""

from typing import Any

from assetversions.domain.commands.history import VerifyVersion
from assetversions.domain.commands.jobs import CancelJob
from assetversions.domain.commands.versions import CreateVersion, RevertVersion
from assetversions.domain.jobs import Job
from assetversions.domain.manifests.delta import Limits
from assetversions.domain.results.versions import Deferred
from assetversions.engine import lease
from assetversions.engine.jobs import steps
from assetversions.engine.operation import Operation
from assetversions.operations.versions.cancel_job import cancel_job
from assetversions.operations.versions.create_version import create_version
from assetversions.operations.versions.revert_version import revert_version
from assetversions.operations.versions.verify_version import verify_version
from msgspec.structs import asdict

from tests.support import REF, World, number

FIRST = {f"{name}.txt": name.encode() for name in "abcdefg"}
CREATE = (create_version, CreateVersion(REF, comment="by a job", alias="gold"))
AS_OF = (create_version, CreateVersion(REF, as_of=World().clock.now(), allow_empty=True))
REVERT = (revert_version, RevertVersion(REF, number(1), comment="by a job"))
EXPECTING = (revert_version, RevertVersion(REF, number(1), expected_rev=3))
PART = (revert_version, RevertVersion(REF, number(1), paths=("a.txt", "b.txt", "late.txt")))
VERIFY = (verify_version, VerifyVersion(REF, number(1)))

Request = tuple[Operation, Any]


def changed_world() -> World:
    """Version 1 holds FIRST; some of it changed with version 2, and some since."""
    world = World(chunk_target=3, limits=Limits(files=3, changes=5, share=1))
    world.put(**{path.replace(".", "_"): body.decode() for path, body in FIRST.items()})
    world.create(description="one")
    world.put(a_txt="A", b_txt=None, late_txt="late")
    world.create()
    world.put(c_txt="C", later_txt="later", d_txt=None)
    world.clock.advance()
    return world


def in_background(world: World, request: Request, **facts: Any) -> Deferred:
    operation, command = request
    deferred = world.run(operation, type(command)(**(asdict(command) | {"background": True} | facts)))
    assert isinstance(deferred, Deferred)
    return deferred


def known(world: World, job: Job) -> Job:
    """As it is on record now."""
    found = world.jobs.get(REF, job.job_id)
    assert found is not None
    return found


def break_off(world: World, job: Job, batches: int, how: str) -> None:
    """The job ends after so many batches: `cancelled`, `failed`, or without a word."""
    services, work = world.services(), world.jobs
    for batch in steps.prepare(services, work, job)[:batches]:
        steps.copy(services, work, job, batch)
    if how == "cancelled":
        world.run(cancel_job, CancelJob(REF, job.job_id))
    if how == "failed":
        steps.fail(services, work, known(world, job), "why")
    world.clock.moment += lease.LENGTH


def puts(world: World) -> dict[str, int]:
    return {path: world.files.puts(REF, path) for path in (*FIRST, "late.txt", "later.txt")}


def outcome(world: World) -> dict[str, Any]:
    """Everything that a client can see afterwards, but for random ids and how often the head moved."""
    lease = world.head().lease
    return {
        "working": world.files.contents(REF),
        "puts": puts(world),
        "versions": world.versions(),
        "contents": [world.content(version) for version in world.versions()],
        "pointers": (world.head().current, world.head().latest, world.head().base),
        "free": lease is None or lease.until <= world.clock.now(),
        "alias": world.records.alias(REF, "gold"),
    }


def lose(world: World, path: str) -> None:
    """Destroy what version 1 holds there."""
    [lost] = [entry for entry in world.manifest(world.versions()[-1]) if entry.path == path]
    world.files.purge(REF, path, lost.version_id)
