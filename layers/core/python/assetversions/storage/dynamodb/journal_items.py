"""How a change set, its paths and what it leaves for good lie in the table."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from assetversions.domain.journal import ChangeKind, ChangeSet, Closed, PathState
from assetversions.domain.model import AssetRef
from assetversions.storage.dynamodb import keys
from assetversions.storage.dynamodb.actions import Item

# An item holds 400 KB; a path has 1 KB at most, an object version some 100 bytes, and there may be three.
PATHS_AN_ITEM = 250
# So few are in the item of the set itself.
FEW = 10
# What the item of a set is compared by.
STAMP = "stamp"


def set_key(ref: AssetRef, change: ChangeSet) -> keys.Key:
    place = ref.database_id, ref.asset_id, change.set_id
    return keys.change_set(*place) if change.open else keys.closed_set(*place, change.attempt)


def from_set(ref: AssetRef, change: ChangeSet, paths: Sequence[PathState]) -> Item:
    few = len(paths) <= FEW
    return {
        **set_key(ref, change),
        "set_id": change.set_id,
        "kind": str(change.kind),
        "by": change.by,
        "opened_at": moment_text(change.opened_at),
        "until": moment_text(change.until),
        "closed_at": None if change.closed_at is None else moment_text(change.closed_at),
        "claimed": change.claimed,
        "attempt": change.attempt,
        STAMP: stamp(change),
        "chunks": 0 if few else -(-len(paths) // PATHS_AN_ITEM),
        "paths": [list(state) for state in paths] if few else [],
        "job": change.job,
        "person": change.person,
    }


def to_set(row: Item) -> ChangeSet:
    return ChangeSet(
        row["set_id"],
        ChangeKind(row["kind"]),
        row["by"],
        datetime.fromisoformat(row["opened_at"]),
        datetime.fromisoformat(row["until"]),
        None if row["closed_at"] is None else datetime.fromisoformat(row["closed_at"]),
        row["claimed"],
        row["attempt"],
        int(row["chunks"]),
        row.get("job"),
        () if row["closed_at"] is None else tuple(to_states(row)),
        row.get("person", ""),
    )


def stamp(change: ChangeSet) -> str:
    """Another one whenever the set is written otherwise."""
    moments = (change.until, change.closed_at)
    return " ".join(
        [change.attempt, str(change.claimed), *(str(moment and moment_text(moment)) for moment in moments)]
    )


def to_closed(facts: Item, row: Item) -> Closed:
    return Closed(
        facts["set_id"],
        datetime.fromisoformat(facts["opened_at"]),
        datetime.fromisoformat(facts["closed_at"]),
        to_states(row),
        facts["attempt"],
        ChangeKind(facts["kind"]),
        facts["by"],
        facts.get("person", ""),
        facts.get("job"),
    )


def to_states(row: Item) -> list[PathState]:
    return [_state(*state) for state in row["paths"]]


def _state(
    path: str,
    before: str | None,
    after: str | None,
    newest: str | None,
    at: Any,
    copied_from: str | None = None,
) -> PathState:
    return PathState(path, before, after, newest, None if at is None else int(at), copied_from)


def in_chunks(paths: Sequence[PathState]) -> Iterator[list[list[Any]]]:
    for start in range(0, len(paths), PATHS_AN_ITEM):
        yield [list(state) for state in paths[start : start + PATHS_AN_ITEM]]


def moment_text(moment: datetime) -> str:
    """Of one length and one zone, so that texts are in the order of time."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
