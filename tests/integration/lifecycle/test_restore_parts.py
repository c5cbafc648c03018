"""A restore of some paths, as far as the bucket remembers them."""

import pytest
from assetversions.domain.commands.versions import RevertVersion
from assetversions.domain.errors import Invalid
from assetversions.operations.versions.revert_version import revert_version

from tests.support import REF
from tests.support import number as numbered
from tests.support.aws_world import MemoryWorld


@pytest.fixture
def asset(world: MemoryWorld) -> MemoryWorld:
    """Version 1 holds `kept`; `dir/new.txt` came later, is in no version, and was deleted again."""
    world.store("kept", "kept")
    world.new()
    world.store("dir/new.txt", "new")
    world.s3.delete_object(Bucket="assets", Key="db1/a1/dir/new.txt")
    return world


@pytest.mark.parametrize("path", ["dir/new.txt", "dir/"])
def test_a_file_that_is_deleted_already_is_as_it_was_wanted(asset: MemoryWorld, path: str) -> None:
    done = asset.run(revert_version, RevertVersion(REF, numbered(1), paths=(path,)))
    assert (done.version.number, asset.files_now()) == (2, {"kept": "kept"})


@pytest.mark.parametrize("path", ["dir/new", "dir", "dir/new.txt/", "kep", "new.txt"])
def test_a_path_that_never_was_is_refused(asset: MemoryWorld, path: str) -> None:
    with pytest.raises(Invalid, match="paths"):
        asset.run(revert_version, RevertVersion(REF, numbered(1), paths=(path,)))
