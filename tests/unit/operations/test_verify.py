"""Verifying a version: everything that is missing, altered or damaged is found, and nothing else."""

from typing import Any

import pytest
from assetversions.domain.commands.history import VerifyVersion
from assetversions.domain.errors import NotFound
from assetversions.domain.manifests.delta import Limits
from assetversions.domain.manifests.manifest import ChunkRef
from assetversions.domain.model import Version
from assetversions.domain.results.versions import Verification
from assetversions.engine import verify as verification
from assetversions.operations.versions.verify_version import verify_version

from tests.support import REF, World, number


def verify(world: World, of: int = 1) -> Verification:
    found: Verification = world.run(verify_version, VerifyVersion(REF, number(of)))
    return found


def findings(world: World) -> tuple[int, int, list[str], list[str], list[str]]:
    found = verify(world)
    return found.checked, found.wrong, found.missing, found.altered, found.damaged


def version_of(world: World, files: int) -> Version:
    """Version 1, of files whose object versions are called after them."""
    for index in range(files):
        world.files.put(REF, f"{index:04d}", b"x", f"v{index:04d}")
    version: Version = world.create().version
    return version


def chunks(world: World, version: Version) -> tuple[ChunkRef, ...]:
    return world.manifests.root(version.uid, version.manifest).chunks


@pytest.fixture
def small() -> World:
    """One version of a hundred files in many chunks."""
    world = World(chunk_target=8)
    version = version_of(world, 100)
    assert len(chunks(world, version)) > 5
    return world


def test_a_version_is_intact_as_long_as_its_bytes_are_there(small: World):
    for path in ("0001", "0002", "0003"):
        small.files.put(REF, path, None)
        small.files.put(REF, path, b"overwritten")
    small.files.put(REF, "0004", None)
    small.files.put(REF, "added", b"new")
    assert findings(small) == (100, 0, [], [], [])


def test_an_empty_version_is_intact(world: World):
    world.create()
    assert findings(world) == (0, 0, [], [], [])


def test_a_destroyed_object_version_is_missing(small: World):
    small.files.put(REF, "0007", b"another object version is no substitute")
    for path in ("0007", "0042", "0099"):
        small.files.purge(REF, path, f"v{path}")
    assert findings(small) == (100, 3, ["0007", "0042", "0099"], [], [])


@pytest.mark.parametrize("body", [b"y", b"longer", b""])
def test_other_bytes_under_the_same_object_version_are_altered(small: World, body: bytes):
    small.files.alter(REF, "0050", "v0050", body)
    small.files.purge(REF, "0051", "v0051")
    assert findings(small) == (100, 2, ["0051"], ["0050"], [])


def test_the_verdict_is_on_the_version_asked_for(small: World):
    small.clock.advance()
    small.files.put(REF, "0000", b"new")
    small.create()
    small.files.purge(REF, "0000", "v0000")
    assert verify(small, 1).missing == ["0000"]
    found = verify(small, 2)
    assert (found.missing, found.version.number) == ([], 2)


@pytest.mark.parametrize("harm", ["damaged", "absent"])
def test_a_harmed_manifest_part_is_named_and_the_rest_is_checked(small: World, harm: str):
    version = small.versions()[0]
    lost = chunks(small, version)[2]
    small.files.purge(REF, lost.first, f"v{lost.first}")
    outside = chunks(small, version)[3].first
    small.files.purge(REF, outside, f"v{outside}")
    if harm == "absent":
        del small.manifests.bodies[version.uid, lost.digest]
    else:
        small.manifests.bodies[version.uid, lost.digest] += b"\n"
    assert findings(small) == (100 - lost.files, 1, [outside], [], [lost.digest])


@pytest.mark.parametrize("body", [None, b"{}\n", b""])
def test_a_harmed_root_is_named(small: World, body: bytes | None):
    version = small.versions()[0]
    if body is None:
        del small.manifests.bodies[version.uid, version.manifest]
    else:
        small.manifests.bodies[version.uid, version.manifest] = body
    assert findings(small) == (0, 0, [], [], [version.manifest])


class TestDeltas:
    """A second version that holds three changes to the first."""

    @pytest.fixture
    def changed(self) -> World:
        world = World(chunk_target=8, limits=Limits(files=10, changes=20, share=1))
        version_of(world, 100)
        world.clock.advance()
        world.files.put(REF, "0007", b"new", "w0007")
        world.files.put(REF, "0050", None)
        world.files.put(REF, "added", b"new", "wadded")
        version = world.create().version
        assert world.manifests.root(version.uid, version.manifest).base == world.versions()[1].manifest
        return world

    def test_all_its_files_are_checked(self, changed: World):
        changed.files.purge(REF, "0008", "v0008")
        changed.files.purge(REF, "0050", "v0050")
        changed.files.purge(REF, "added", "wadded")
        found = verify(changed, 2)
        assert (found.checked, found.wrong, found.missing, found.damaged) == (100, 2, ["0008", "added"], [])

    @pytest.mark.parametrize("harm", ["damaged", "absent"])
    def test_a_harmed_base_is_named_and_the_changes_are_checked(self, changed: World, harm: str):
        version, base = changed.versions()
        if harm == "absent":
            del changed.manifests.bodies[version.uid, base.manifest]
        else:
            changed.manifests.bodies[version.uid, base.manifest] += b"\n"
        changed.files.purge(REF, "0007", "w0007")
        found = verify(changed, 2)
        assert (found.checked, found.missing, found.damaged) == (2, ["0007"], [base.manifest])

    def test_a_harmed_chunk_of_the_base_is_named(self, changed: World):
        version, base = changed.versions()
        lost = next(chunk for chunk in chunks(changed, base) if chunk.first <= "0007" <= chunk.last)
        del changed.manifests.bodies[version.uid, lost.digest]
        found = verify(changed, 2)
        assert (found.checked, found.wrong, found.damaged) == (100 - lost.files + 1, 0, [lost.digest])


def test_every_harmed_part_is_named(small: World):
    version = small.versions()[0]
    parts = [chunk.digest for chunk in chunks(small, version)]
    for digest in parts:
        small.manifests.bodies[version.uid, digest] = b"x"
    assert findings(small) == (0, 0, [], [], parts)


def test_a_hundred_of_each_kind_are_named_and_all_are_counted(world: World):
    version_of(world, 250)
    for index in range(250):
        path, stored = f"{index:04d}", f"v{index:04d}"
        if index % 2:
            world.files.purge(REF, path, stored)
        else:
            world.files.alter(REF, path, stored, b"y")
    found = verify(world)
    assert (found.checked, found.wrong) == (250, 250)
    assert found.missing == [f"{index:04d}" for index in range(1, 201, 2)]
    assert found.altered == [f"{index:04d}" for index in range(0, 200, 2)]


def test_page_by_page_nothing_is_left_out_or_counted_twice(small: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(verification, "PAGE", 7)
    for path in ("0006", "0007", "0013", "0099"):
        small.files.purge(REF, path, f"v{path}")
    told: list[int] = []
    found = verification.verify(small.versions()[0], small.head(), small.services(), told.append)
    assert (found.checked, found.wrong, found.missing) == (100, 4, ["0006", "0007", "0013", "0099"])
    assert told == [*range(7, 100, 7), 100]


def test_verifying_changes_nothing(small: World):
    before: tuple[Any, ...] = small.head(), small.versions(), dict(small.manifests.bodies)
    verify(small)
    assert (small.head(), small.versions(), small.manifests.bodies) == before


def test_an_unknown_version_is_named(small: World):
    with pytest.raises(NotFound, match="9"):
        verify(small, 9)
