"""Which object version of an archived path its readers saw last."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from assetversions.domain.object_versions import ObjectVersion
from assetversions.domain.uploads import GIVEN_UP_AFTER
from assetversions.engine.ours import Ours

GIVEN_UP_SECONDS = GIVEN_UP_AFTER // timedelta(seconds=1)


class Found(NamedTuple):
    """What readers saw last at an archived path; not `certain` where only S3's date says so."""

    row: ObjectVersion
    certain: bool


def last_visible(rows: Iterable[ObjectVersion], ours: Ours) -> Found | None:
    """Of the rows of one archived path, newest first; None where there never was a file.

    An upload that was completed under something newer never was visible.
    """
    above = 0
    for row in rows:
        made = None
        doubtful = row.in_parts and above - row.modified < GIVEN_UP_SECONDS
        if doubtful:
            made = ours.of(row)
        above = row.modified
        if not row.deleted and not (made is not None and made.hidden):
            return Found(row, not doubtful or made is not None)
    return None
