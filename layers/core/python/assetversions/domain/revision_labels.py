"""Revisions: display labels that consecutive versions share (sources: `docs/api/autodesk_vault.md`)."""

import re
from typing import NamedTuple

from assetversions.domain.errors import Conflict, Invalid

FIRST = "A"
MAX_REVISIONS = 1_000

_LETTERS = re.compile(r"[A-Z]+")


class Revision(NamedTuple):
    """`tip` is the highest version of the revision that is not deleted; None where none is left.

    `released` is the highest of these that is published or ever was; none below `first` was.
    """

    label: str
    tip: int | None
    released: int | None = None
    first: int | None = None


Revisions = tuple[Revision, ...]


def next_label(label: str) -> str:
    """A … Z, AA, AB …; Invalid behind a label of another kind."""
    if not _LETTERS.fullmatch(label):
        raise Invalid("bumpRevision", f"nothing follows revision '{label}'; name the next one with revision.")
    stem = label.rstrip("Z")
    rest = "A" * (len(label) - len(stem))
    return stem[:-1] + chr(ord(stem[-1]) + 1) + rest if stem else "A" + rest


def bumped(revisions: Revisions) -> str:
    """The next label that no revision has had, behind that of the newest; the first one for none."""
    used = {revision.label for revision in revisions}
    label = revisions[-1].label if revisions else ""
    while label in used:
        label = next_label(label)
    return label or FIRST


def extended(revisions: Revisions, label: str, number: int) -> Revisions:
    """With one more version, of the last revision or a new one; Conflict for a label of an earlier one."""
    if revisions and revisions[-1].label == label:
        return (*revisions[:-1], revisions[-1]._replace(tip=number))
    if any(label == revision.label for revision in revisions):
        raise Conflict(
            f"Revision '{label}' has ended: the versions of a revision follow each other; begin another one."
        )
    if len(revisions) == MAX_REVISIONS:
        raise Conflict(f"An asset has {MAX_REVISIONS:,} revisions at most; leave out the revision.")
    return (*revisions, Revision(label, number))


def with_released(revisions: Revisions, label: str, number: int) -> Revisions:
    """With one more version of a revision that was released, be it again."""

    def released(one: Revision) -> Revision:
        return one._replace(released=max(one.released or 0, number), first=min(one.first or number, number))

    return tuple(released(one) if one.label == label else one for one in revisions)


def without(revisions: Revisions, label: str, tip: int | None, released: int | None) -> Revisions:
    """With these highest versions of one revision, for what was deleted of it."""

    def left(one: Revision) -> Revision:
        return Revision(label, tip, released, None if released is None else one.first)

    return tuple(left(one) if one.label == label else one for one in revisions)


def called(revisions: Revisions, label: str) -> Revision:
    """The revision of this label; without versions where a version is newer than the head that was read."""
    return next((one for one in revisions if one.label == label), Revision(label, None))


def holding(revisions: Revisions, number: int) -> str:
    """The label of the version of this number, which is not deleted; ValueError where no revision has it."""
    for one in revisions:
        if one.tip is not None and one.tip >= number:
            return one.label
    raise ValueError(f"No revision has version {number}.")


def floor(revisions: Revisions, label: str) -> int:
    """The versions of this revision have higher numbers than this one."""
    earlier = []
    for revision in revisions:
        if revision.label == label:
            break
        earlier.append(revision.tip or 0)
    return max(earlier, default=0)


def tips(revisions: Revisions) -> list[int]:
    """The highest version of each revision, in order."""
    return [revision.tip for revision in revisions if revision.tip is not None]


def releases(revisions: Revisions) -> list[int]:
    """The highest version of each revision that was ever released, in order."""
    return [revision.released for revision in revisions if revision.released is not None]
