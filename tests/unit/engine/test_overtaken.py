"""A restore gives way to a version that came first and found other files than it did."""

from typing import Any

import pytest
from assetversions.domain.commands.versions import ActivateVersion, ArchiveVersion, RevertVersion
from assetversions.domain.errors import Busy, Conflict
from assetversions.domain.model import Asset
from assetversions.engine import journal, lease
from assetversions.engine.operation import Operation
from assetversions.operations.versions.activate_version import activate_version
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.revert_version import revert_version

from tests.support import REF, World, number


def test_a_restore_gives_way_to_a_version_that_found_other_files_meanwhile(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    """The version comes between the restore's reading and its lease."""
    world.put(a_txt="one", b_txt="one")
    world.create()
    world.put(a_txt="two")
    take = lease.take

    def a_version_first(*args: Any) -> Asset:
        monkeypatch.setattr(lease, "take", take)
        world.put(b_txt=None)
        world.create()
        return take(services, world.head(), *args[2:])

    services = world.services()
    monkeypatch.setattr(lease, "take", a_version_first)
    revert = RevertVersion(REF, number(1), paths=("a.txt",))
    with pytest.raises(Busy, match="A version came first"):
        world.run(revert_version, revert)
    assert world.run(revert_version, revert).version.files == 1


def test_a_version_that_is_archived_before_the_lease_is_taken_has_no_file_written(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    world.put(a_txt="one")
    world.create()
    world.put(a_txt="two")
    take = lease.take

    def archived_first(*args: Any) -> Asset:
        monkeypatch.setattr(lease, "take", take)
        world.run(archive_version, ArchiveVersion(REF, number(1)))
        return take(services, world.head(), *args[2:])

    services = world.services()
    monkeypatch.setattr(lease, "take", archived_first)
    with pytest.raises(Conflict, match="archived"):
        world.run(activate_version, ActivateVersion(REF, number(1)))
    assert world.files.contents(REF)["a.txt"] == b"two"


@pytest.mark.parametrize(
    ("operation", "command"),
    [(revert_version, RevertVersion(REF, number(1))), (activate_version, ActivateVersion(REF, number(1)))],
    ids=["revert", "activate"],
)
def test_a_restore_that_has_nothing_to_write_gives_way_to_such_a_version_too(
    world: World, monkeypatch: pytest.MonkeyPatch, operation: Operation, command: Any
):
    """The version comes between the restore's reading and its commit."""
    world.put(a_txt="one")
    world.create()
    check = journal.check_quiet

    def a_version_first(*args: Any) -> None:
        monkeypatch.setattr(journal, "check_quiet", check)
        world.put(a_txt="two")
        world.create()
        check(*args)

    monkeypatch.setattr(journal, "check_quiet", a_version_first)
    with pytest.raises(Busy, match="A version came first"):
        world.run(operation, command)
    assert (world.head().latest, world.head().current) == (2, 2)
    assert world.files.contents(REF)["a.txt"] == b"two"
