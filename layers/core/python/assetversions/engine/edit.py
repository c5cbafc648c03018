"""Change one existing version: what every operation on a version's record has in common."""

from collections.abc import Callable
from itertools import islice, takewhile

from msgspec import Struct, field
from msgspec.structs import replace

from assetversions.domain import lifecycle
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commits import Change, Event
from assetversions.domain.errors import Conflict, NotFound
from assetversions.domain.fields import HeadFields, VersionFields
from assetversions.domain.model import Asset, State, Version
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Done
from assetversions.domain.revision_labels import Revisions, called, floor, tips, with_released, without
from assetversions.engine import lease
from assetversions.engine.commit import commit_version, head_change, new_event
from assetversions.engine.lookup import find_any_version

PAGE = 25
# How many versions a deletion looks at for the next current one.
MOST_PASSED = 1_000
# The same for the release before the one that is deleted, of the same revision.
MOST_UNRELEASED = 10_000
_UNRELEASED_AT_ONCE = 100

Beside = tuple[Version, VersionFields]


class Edit(Struct, frozen=True):
    """New values for the version and for the head, and other versions that change with it."""

    fields: VersionFields
    head: HeadFields = field(default_factory=HeadFields)
    beside: tuple[Beside, ...] = ()


def edit_version(
    services: Services,
    asset: Asset,
    ref: VersionRef,
    edit: Callable[[Asset, Version], Edit | None],
    kind: str,
    expected_rev: int | None,
    job: str | None = None,
) -> Done:
    """Commit what `edit` gives for the version, read anew each time a race is lost; None changes nothing.

    Deleted versions come here, too: that they take no edit is for the lifecycle to say.
    """

    def build(head: Asset) -> tuple[Change | None, Version]:
        old = find_any_version(services, head, ref)
        note = new_event(services, kind, old.number)
        edited = edit(head, old)
        if edited is None:
            return None, old
        new, *others = (_touched(one, note, fields) for one, fields in ((old, edited.fields), *edited.beside))
        replaced = (old, *(one for one, _ in edited.beside))
        change = head_change(head, note, **edited.head)
        return replace(change, updated=(new, *others), replaced=replaced, job=job), new

    return commit_version(services, asset, build, expected_rev)


def _touched(version: Version, note: Event, fields: VersionFields) -> Version:
    return replace(version, modified_at=note.at, modified_by=note.by, **fields)


def entering(services: Services, head: Asset, version: Version, state: State) -> Edit:
    """A version on its way into a state, and what moves with it; Conflict if it can't go there."""
    fields = _entering(services, head, version, state)
    pointers: HeadFields = {}
    if version.number == head.published:
        pointers["published"] = None
    if state is State.PUBLISHED:
        pointers["published"] = version.number
        pointers["revisions"] = with_released(head.revisions, version.revision, version.number)
    if state is State.DELETED:
        revisions = _revisions_without(services, head, version)
        pointers |= {"deleted": head.deleted + 1, "revisions": revisions}
        if version.number == head.current:
            pointers["current"] = _next_current(services, head, version, revisions)
    elif state not in lifecycle.READ_ONLY and head.current is None:
        pointers["current"] = version.number
    before = published_before(services, head) if state is State.PUBLISHED else None
    return Edit(fields, pointers, () if before is None else (before,))


def _next_current(services: Services, head: Asset, leaving: Version, revisions: Revisions) -> int | None:
    """The newest other version that could be activated; Conflict behind too many that could not."""
    newest = max(tips(revisions), default=0)
    others = services.records.versions(head.ref, newest + 1, PAGE)
    passed = 0
    for other in islice(others, MOST_PASSED):
        if other.number != leaving.number and other.state not in lifecycle.READ_ONLY:
            return other.number
        passed += 1
    if passed == MOST_PASSED:
        raise Conflict(
            f"The {MOST_PASSED:,} versions before are archived or deleted; activate another one first."
        )
    return None


def published_before(services: Services, head: Asset) -> Beside | None:
    """The published version on its way into the archive; None if nothing is published."""
    if head.published is None:
        return None
    version = services.records.version(head.ref, head.published)
    if version is None:
        raise NotFound("version", str(head.published))
    return version, _entering(services, head, version, State.ARCHIVED)


def _entering(services: Services, head: Asset, version: Version, state: State) -> VersionFields:
    """What is being activated stays activatable: its files are changed before the pointer moves."""
    if state in lifecycle.READ_ONLY:
        lease.check_not_target(services, head, version.number)
    return lifecycle.entering(version, state)


def _revisions_without(services: Services, head: Asset, leaving: Version) -> Revisions:
    """The head's revisions; what stood out in one and is leaving gives its place to the next below it."""
    label = leaving.revision
    return without(
        head.revisions, label, _tip_left(services, head, leaving), _released_left(services, head, leaving)
    )


def _released_left(services: Services, head: Asset, leaving: Version) -> int | None:
    """The highest release of the leaving one's revision afterwards; Conflict behind too many drafts."""
    revision = called(head.revisions, leaving.revision)
    if revision.released != leaving.number or revision.first is None:
        return revision.released
    below = services.records.versions(head.ref, leaving.number, _UNRELEASED_AT_ONCE)
    first = revision.first
    passed = 0
    for other in islice(takewhile(lambda one: one.number >= first, below), MOST_UNRELEASED):
        if lifecycle.was_published(other):
            return other.number
        passed += 1
    if passed == MOST_UNRELEASED:
        raise Conflict(
            f"More than {MOST_UNRELEASED:,} versions lie between version {leaving.number} and the release"
            " before it; archive it instead."
        )
    return None


def _tip_left(services: Services, head: Asset, leaving: Version) -> int | None:
    if leaving.number not in tips(head.revisions):
        return called(head.revisions, leaving.revision).tip
    lowest = floor(head.revisions, leaving.revision)
    below = services.records.versions(head.ref, leaving.number, PAGE)
    of_it = takewhile(lambda version: version.number > lowest, below)
    remaining = (
        version.number
        for version in of_it
        if version.state is not State.DELETED and version.revision == leaving.revision
    )
    return next(remaining, None)
