"""Which states a version may be in, and what each allows (`docs/architecture.md`, Lifecycle)."""

from collections.abc import Mapping

from assetversions.domain.errors import Archived, Conflict, ReadOnly
from assetversions.domain.fields import VersionFields
from assetversions.domain.model import Asset, State, Version

TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.PUBLISHED, State.ARCHIVED, State.DELETED}),
    State.PUBLISHED: frozenset({State.ARCHIVED, State.DELETED}),
    # Back to draft only if never published; `entering` sees to that.
    State.ARCHIVED: frozenset({State.PUBLISHED, State.DRAFT, State.DELETED}),
    State.DELETED: frozenset(),
}
READ_ONLY = frozenset({State.ARCHIVED, State.DELETED})
_PROTECTED_FROM = frozenset({State.ARCHIVED, State.DELETED})


def entering(version: Version, state: State) -> VersionFields:
    """The fields that a version gets on its way into a state; Conflict where there is no such way."""
    if version.state is state:
        raise Conflict(f"Version {version.number} is {state} already; nothing is left to do.")
    published_before = version.archived_from is State.PUBLISHED
    if state not in TRANSITIONS[version.state] or (state is State.DRAFT and published_before):
        raise Conflict(
            f"Version {version.number} is {version.state}; it can't become {state}: clone it or take another."
        )
    if state in _PROTECTED_FROM:
        check_unprotected(version)
    fields: VersionFields = {"state": state, "archived_from": None}
    if state is State.ARCHIVED:
        fields["archived_from"] = version.state
    if state is State.DELETED:
        fields |= {"alias": None, "other_aliases": ()}
    return fields


def before_archiving(version: Version) -> State:
    """The state that unarchiving restores; Conflict if the version is not archived."""
    if version.state is not State.ARCHIVED or version.archived_from is None:
        raise Conflict(f"Version {version.number} is {version.state}, not archived; nothing is left to do.")
    return version.archived_from


def check_live(asset: Asset) -> None:
    """Archived for an asset that was archived."""
    if asset.archived_at is not None:
        raise Archived("asset", f"Asset '{asset.ref.public_id}' is archived and read-only")


def check_editable(version: Version) -> None:
    """ReadOnly for a version that takes no edit of its comment, aliases or protection."""
    if version.state in READ_ONLY:
        raise _put_away(version, f"Version {version.number} is {version.state} and read-only")


def check_draft(version: Version) -> None:
    """ReadOnly for what has left draft."""
    if version.state is not State.DRAFT:
        raise ReadOnly(f"Version {version.number} is {version.state} and can't be edited; clone it.")


def check_open(version: Version) -> None:
    """ReadOnly unless the content and the variables of a version may still be replaced."""
    check_editable(version)
    check_draft(version)
    if not version.open:
        raise ReadOnly(f"Version {version.number} was not made for editing; clone it to edit its content.")


def check_usable(version: Version) -> None:
    """Conflict for a version that nothing new may be made from: a deleted one."""
    if version.state is State.DELETED:
        raise Conflict(f"Version {version.number} is deleted; take another one.")


def check_activatable(version: Version) -> None:
    """Conflict for a version that the asset may not point at."""
    if version.state in READ_ONLY:
        raise _put_away(version, f"Version {version.number} is {version.state} and can't be activated")


def _put_away(version: Version, fact: str) -> ReadOnly:
    """What was deleted does not come back."""
    if version.state is State.ARCHIVED:
        return Archived("version", fact)
    return ReadOnly(f"{fact}; take another one.")


def check_unprotected(version: Version) -> None:
    """Conflict for a protected version: it may not be archived, deleted or lose an alias."""
    if version.protected:
        raise Conflict(f"Version {version.number} is protected; lift its protection first.")


def was_published(version: Version) -> bool:
    """Whether it is published, or was when it was archived."""
    return State.PUBLISHED in {version.state, version.archived_from}
