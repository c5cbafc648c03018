"""A change that ends between two looks at the journal is in a version whole, or not at all."""

from collections.abc import Sequence
from typing import Any

import pytest
from assetversions.domain.journal import ChangeKind, ChangeSet, PathState
from assetversions.domain.model import AssetRef
from assetversions.engine import journal

from tests.support import REF, World


def test_what_ends_before_its_paths_are_read_is_not_torn(world: World, monkeypatch: pytest.MonkeyPatch):
    """One listing shows its first file alone, and its set is gone when it is asked for its paths."""
    world.put(old_txt="old")
    services, head = world.services(), world.head()
    files = ("a.txt", "b.txt")
    opened: list[tuple[ChangeSet, list[PathState]]] = []
    working, paths = world.files.working, world.journal.paths

    def list_between(*given: Any) -> Any:
        monkeypatch.setattr(world.files, "working", working)
        kind = ChangeKind.UPLOAD
        opened.append(journal.begin(services, head, kind, "upload-1", files, dict))
        world.put(a_txt="new")
        reading = working(*given)
        reading.rows = iter(list(reading.rows))
        world.put(b_txt="new")
        for path in files:
            world.made[world.files.history(REF, path)[-1].version_id] = "upload-1"
        return reading

    def end_first(ref: AssetRef, change: ChangeSet) -> Sequence[PathState]:
        monkeypatch.setattr(world.journal, "paths", paths)
        journal.end(services, head, *opened[0])
        return paths(ref, change)

    monkeypatch.setattr(world.files, "working", list_between)
    monkeypatch.setattr(world.journal, "paths", end_first)
    version = world.create().version
    assert list(world.content(version)) in (["old.txt"], [*files, "old.txt"])
