"""The promises about numbers, versions, pointers and history, held against what stands at the end."""

from collections.abc import Callable, Iterator

from assetversions.domain.model import State
from assetversions.storage.dynamodb import keys

from tests.simulation import outcomes, snapshots
from tests.simulation.oracle import PREFIX, REF
from tests.simulation.run import Run

Check = Callable[[Run], Iterator[str]]


def broken(run: Run) -> list[str]:
    """A sentence for each breach of a promise; what was seen at once comes first."""
    checks: tuple[Check, ...] = (
        _numbers,
        _whole,
        _pointers,
        _history,
        snapshots.check,
        outcomes.check,
    )
    return run.world.oracle.wrong + [breach for check in checks for breach in check(run)]


def _numbers(run: Run) -> Iterator[str]:
    numbers = sorted(run.world.oracle.commits)
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"promise 1: the versions are {numbers}"
    if run.world.head().latest != len(numbers):
        yield f"promise 1: the head says {run.world.head().latest}, and there are {len(numbers)}"


def _whole(run: Run) -> Iterator[str]:
    """Its bytes were there when it was made; nobody destroys any here, so they are still."""
    world = run.world
    for number, states in world.oracle.versions.items():
        for _, version in states:
            entries = world.manifest(version)
            if (len(entries), sum(one.size for one in entries.values())) != (version.files, version.bytes):
                yield f"promise 2: version {number} counts other files than it has"
            for path, entry in entries.items():
                found = world.bucket.find(PREFIX + path, entry.version_id)
                if found is None or found.body is None or found.etag != entry.etag:
                    yield f"promise 2: version {number} holds {entry}, which is not in the bucket"


def _pointers(run: Run) -> Iterator[str]:
    """After each commit; the head and the versions are written in one step."""
    states: dict[int, State] = {}
    moves = [(tick, version) for line in run.world.oracle.versions.values() for tick, version in line]
    for tick, head in run.world.oracle.heads:
        states |= {
            version.number: version.state
            for at, version in sorted(moves, key=lambda one: one[0])
            if at == tick
        }
        published = [number for number, state in states.items() if state is State.PUBLISHED]
        if published != ([] if head["published"] is None else [head["published"]]):
            yield f"promise 4, step {tick}: {published} are published, the head says {head['published']}"
        alive = [number for number, state in states.items() if state is not State.DELETED]
        able = [number for number in alive if states[number] is not State.ARCHIVED]
        if head["current"] not in alive if head["current"] is not None else able:
            yield f"promise 4, step {tick}: {head['current']} is current of {alive}"
    named = {
        name: version.number
        for version in run.world.records.versions(REF, None, 100)
        for name in version.aliases
    }
    if named != run.world.oracle.aliases:
        yield f"promise 4: versions have the aliases {named}, the table {run.world.oracle.aliases}"


def _history(run: Run) -> Iterator[str]:
    oracle = run.world.oracle
    stored = [sort for _, sort in run.world.account.dynamo.items if sort.startswith(keys.EVENT_PREFIX)]
    if not len(stored) == len(oracle.events) == run.world.head().rev - 1:
        yield f"promise 6: {len(stored)} events for {run.world.head().rev - 1} commits"
