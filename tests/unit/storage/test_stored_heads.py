"""Heads that were stored before something of them was kept are still read."""

from typing import Any

import pytest
from assetversions.domain.revision_labels import Revision
from assetversions.storage.dynamodb import items

from tests.support import World


@pytest.mark.parametrize(
    ("published", "read"),
    [
        (None, (Revision("A", 3), Revision("B", None), Revision("C", 9))),
        (2, (Revision("A", 3, 2, 2), Revision("B", None), Revision("C", 9))),
        (3, (Revision("A", 3, 3, 3), Revision("B", None), Revision("C", 9))),
        (4, (Revision("A", 3), Revision("B", None), Revision("C", 9, 4, 4))),
    ],
)
def test_revisions_that_tell_of_no_release_have_the_published_version_for_one(
    world: World, published: int | None, read: tuple[Revision, ...]
) -> None:
    row: dict[str, Any] = dict(items.from_asset(world.head()))
    row |= {"published": published, "revisions": [["A", 3], ["B", None], ["C", 9]]}
    assert items.to_asset(row).revisions == read
