"""Commit: state what you expect of the head, then move it; retry when another commit came first."""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar, Unpack

from msgspec.structs import replace

from assetversions.domain import ids
from assetversions.domain.commits import Change, Event
from assetversions.domain.errors import Busy, Conflict, LostRace
from assetversions.domain.event_log import moves
from assetversions.domain.fields import HeadFields
from assetversions.domain.lifecycle import check_live
from assetversions.domain.model import Asset, Version
from assetversions.domain.portable import NONE, NameWarnings
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import CERTAIN, NOTHING, Done, Uncertain
from assetversions.engine.lookup import reread
from assetversions.engine.once import end, receipt

if TYPE_CHECKING:
    from assetversions.domain.once import Result

Made = TypeVar("Made")

PATIENCE_SECONDS = 15.0
FIRST_PAUSE_SECONDS = 0.02
LONGEST_PAUSE_SECONDS = 1.0


def check_expected(asset: Asset, expected_rev: int | None) -> None:
    """Conflict where the caller built on a revision of the asset that is no longer the stored one."""
    if expected_rev is not None and asset.rev != expected_rev:
        raise Conflict(f'The asset\'s ETag is "{asset.rev}" now, not "{expected_rev}"; read it again.')


def commit_with_retry(
    services: Services,
    asset: Asset,
    build: Callable[[Asset], tuple[Change | None, Made]],
    expected_rev: int | None,
    result: "Callable[[Asset, Made], Result] | None" = lambda head, _made: head,
) -> tuple[Asset, Made]:
    """Build a change on the head and store it; on a lost race build it anew on the head that won.

    Returns the new head and what `build` made beside the change. The receipt of the request goes along with
    the `result` that is made of these two; None for a commit that is not its last. Where there is nothing
    to change, the receipt alone is stored.
    """
    for pause in pauses():
        check_expected(asset, expected_rev)
        built, made = build(asset)
        if built is None:
            if result is not None:
                end(services, result(asset, made))
            return asset, made
        change = _on_record(built)
        try:
            told = result and receipt(services, result(change.after, made))
            services.records.commit(change, told)
        except LostRace:
            time.sleep(pause)
            asset = reread(services, asset)
        else:
            return change.after, made
    raise Busy("Too many commits to this asset at once; send the request again.")


def commit_version(
    services: Services,
    asset: Asset,
    build: Callable[[Asset], tuple[Change | None, Version]],
    expected_rev: int | None,
    skipped: Mapping[str, str] = NOTHING,
    uncertain: Uncertain = CERTAIN,
    warnings: NameWarnings = NONE,
) -> Done:
    """The same for a change of which a version comes, with what there is to tell of its files."""

    def done(head: Asset, version: Version) -> Done:
        return Done(head, version, dict(skipped), uncertain=uncertain, warnings=warnings)

    return done(*commit_with_retry(services, asset, build, expected_rev, done))


def head_change(asset: Asset, event: Event, **fields: Unpack[HeadFields]) -> Change:
    """A change that gives the head these new values, the next revision and the event's time.

    ReadOnly for an archived asset, unless the change is about just that.
    """
    if "archived_at" not in fields:
        check_live(asset)
    return Change(asset, replace(asset, rev=asset.rev + 1, modified_at=event.at, **fields), event)


def _on_record(change: Change) -> Change:
    """The change with all that it moves in its event, which is the last so far, whatever the clocks say."""
    after, at = change.after, max(change.event.at, change.before.modified_at)
    event = replace(
        change.event,
        event_id=ids.event_id(at, after.rev),
        at=at,
        rev=after.rev,
        moves=moves(change),
        left=(after.current, after.published),
    )
    return replace(change, event=event, after=replace(after, modified_at=at))


def new_event(services: Services, kind: str, number: int, **detail: str | int | None) -> Event:
    """Its commit gives it an id."""
    return Event("", kind, number, services.now(), services.user, detail, person=services.person)


def retried(attempt: Callable[[], Made], busy: str) -> Made:
    """What comes of the first attempt that loses no race; Busy, told so, where all of them do."""
    for pause in pauses():
        try:
            return attempt()
        except LostRace:
            time.sleep(pause)
    raise Busy(busy)


def pauses() -> Iterator[float]:
    """Full jitter under a doubling ceiling, until patience runs out."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    ceiling = FIRST_PAUSE_SECONDS
    while time.monotonic() < deadline:
        yield random.uniform(0, ceiling)  # noqa: S311
        ceiling = min(ceiling * 2, LONGEST_PAUSE_SECONDS)
