"""What one commit makes true of an asset, and the line that it leaves in its history."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct, field

from assetversions.domain.model import Asset, Version


class Move(Struct, frozen=True):
    """One fact that a commit changed: `what` is current, published, alias or a version's field.

    `name` says which alias, or which version by its number; an alias and a pointer move between numbers.
    """

    what: str
    name: str
    before: str | int | None
    after: str | int | None


class Event(Struct, frozen=True):
    """One line of an asset's history: the audit record, and later the message to subscribers.

    `person` did it, who was called `by`. `rev` is the revision that its commit gave the head: the order of
    events, whatever the clocks say. `left` is what was current and published from then on; None in rows
    of before that was kept.
    """

    event_id: str
    kind: str
    number: int
    at: datetime
    by: str
    detail: dict[str, str | int | None] = field(default_factory=dict)
    rev: int = 0
    moves: tuple[Move, ...] = ()
    person: str = ""
    left: tuple[int | None, int | None] | None = None


class Change(Struct, frozen=True):
    """What one commit makes true, all of it or nothing.

    `before` must still be the stored head; `after` takes its place with the next `rev`. A `job` that the
    change is the outcome of must not have ended yet, and has succeeded with it. `replaced` are the
    versions of `updated` as they were, in the same order.
    With `deletes` nothing takes the head's place: the asset is gone.
    """

    before: Asset
    after: Asset
    event: Event
    created: Version | None = None
    updated: tuple[Version, ...] = ()
    replaced: tuple[Version, ...] = ()
    job: str | None = None
    deletes: bool = False

    @property
    def aliases(self) -> Iterator[tuple[str, int | None, int | None]]:
        """Each alias that moves, with the number that it named before and the one that it names now."""
        made = () if self.created is None else (self.created,)
        before = {name: one.number for one in self.replaced for name in one.aliases}
        after = {name: one.number for one in (*self.updated, *made) for name in one.aliases}
        for name in before | after:
            if before.get(name) != after.get(name):
                yield name, before.get(name), after.get(name)
