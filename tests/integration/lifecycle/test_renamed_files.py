"""A revert under another name, as S3 does it: a copy from the old path, and a delete marker there."""

from assetversions.domain.commands.versions import RevertVersion
from assetversions.operations.versions.revert_version import revert_version

from tests.support import REF
from tests.support import number as numbered
from tests.support.aws_world import MemoryWorld


def test_a_file_comes_back_under_another_name(world: MemoryWorld) -> None:
    world.store("plans/a.txt", "the drawing")
    world.new()
    world.store("plans/a.txt", "another")
    done = world.run(revert_version, RevertVersion(REF, numbered(1), name="b.txt"))
    assert (done.version.number, world.files_now()) == (2, {"plans/b.txt": "the drawing"})
    back = world.run(revert_version, RevertVersion(REF, numbered(2), name="a.txt"))
    assert (back.version.content.path, world.files_now()) == ("plans/a.txt", {"plans/a.txt": "the drawing"})
