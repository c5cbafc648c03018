"""What a client of the product may want, as the seed and the state of things suggest it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from assetversions.domain.commands.catalog import ArchiveAsset, UnarchiveAsset
from assetversions.domain.commands.common import VersionRef
from assetversions.domain.commands.content import InlineContent
from assetversions.domain.commands.files import ArchiveFiles, CopyFile, MoveFile, RevertFile, UnarchiveFile
from assetversions.domain.commands.jobs import CancelJob
from assetversions.domain.commands.versions import (
    ActivateVersion,
    ArchiveVersion,
    CloneVersion,
    CreateVersion,
    DeleteVersion,
    PublishVersion,
    RevertVersion,
    UnarchiveVersion,
    UpdateVersion,
)
from assetversions.domain.journal import FilePlace
from assetversions.operations.catalog.archive_asset import archive_asset
from assetversions.operations.catalog.unarchive_asset import unarchive_asset
from assetversions.operations.files.archive_files import archive_files
from assetversions.operations.files.copy_file import copy_file
from assetversions.operations.files.move_file import move_file
from assetversions.operations.files.revert_file import revert_file
from assetversions.operations.files.unarchive_file import unarchive_file
from assetversions.operations.versions.activate_version import activate_version
from assetversions.operations.versions.archive_version import archive_version
from assetversions.operations.versions.cancel_job import cancel_job
from assetversions.operations.versions.clone_version import clone_version
from assetversions.operations.versions.create_version import create_version
from assetversions.operations.versions.delete_version import delete_version
from assetversions.operations.versions.publish_version import publish_version
from assetversions.operations.versions.revert_version import revert_version
from assetversions.operations.versions.unarchive_version import unarchive_version
from assetversions.operations.versions.update_version import update_version

from tests.simulation.oracle import PREFIX, REF
from tests.simulation.requests import Request
from tests.simulation.world import PATHS, World

Wanted = tuple[Any, Any]
NEW_PATHS = ("d/m", "d/e/m", *(f"m/{number}" for number in range(6)))
PARTS = ((), (), (), ("a",), ("d/",), ("d/e/", "b"))


class Actions:
    """`request` thinks one up; what a client sees of the asset is never older than its last look."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._random = world.random
        self._made = 0

    def request(self, client: str) -> Request:
        makers, weights = zip(*self._offers(), strict=True)
        (make,) = self._random.choices(makers, weights)
        operation, command = make()
        return Request(client, operation, command)

    def _offers(self) -> list[tuple[Callable[[], Wanted], int]]:
        offers: list[tuple[Callable[[], Wanted], int]] = [
            (self._create, 8),
            (self._create_from_pins, 1),
            (self._create_as_of, 1),
            (self._create_content, 2),
            (self._archive_files, 4),
            (self._archive_file, 3),
            (self._single_file, 4),
            (self._unarchive_folder, 2),
            (self._move, 6),
            (self._copy, 3),
        ]
        if self._world.oracle.commits:
            offers += [
                (self._revert, 6),
                (self._activate, 3),
                (self._lifecycle, 4),
                (self._update, 2),
                (self._update_content, 2),
                (self._clone, 1),
            ]
        if self._world.jobs_asked_for:
            offers.append((self._cancel, 4))
        if self._world.random.random() < 0.1:
            offers.append((self._asset, 1))
        return offers

    def _create(self) -> Wanted:
        facts: dict[str, Any] = {"comment": self._mark()} | self._expected()
        if self._chance(0.2):
            facts["alias"] = self._random.choice(["gold", "silver"])
        return create_version, CreateVersion(REF, background=self._chance(0.15), **facts)

    def _create_from_pins(self) -> Wanted:
        pins = {
            path: self._random.choice(there).version_id
            for path in PATHS
            if (there := [one for one in self._world.bucket.history(PREFIX + path) if one.body is not None])
            and self._chance(0.5)
        }
        return create_version, CreateVersion(REF, comment=self._mark(), pins=pins)

    def _create_as_of(self) -> Wanted:
        back = timedelta(seconds=self._random.choice([0, 1, 5]))
        return create_version, CreateVersion(
            REF, comment=self._mark(), as_of=self._world.now() - back, allow_empty=True
        )

    def _create_content(self) -> Wanted:
        given = InlineContent(self._mark(), "text/plain", "z")
        return create_version, CreateVersion(
            REF, comment=self._mark(), content=given, open=True, **self._expected()
        )

    def _update_content(self) -> Wanted:
        given = InlineContent(self._mark(), "text/plain", "z")
        return update_version, UpdateVersion(REF, self._version(), content=given, **self._expected())

    def _archive_files(self) -> Wanted:
        return archive_files, ArchiveFiles(REF, self._random.choice(["d", "d/e/"]), folder=True)

    def _unarchive_folder(self) -> Wanted:
        return unarchive_file, UnarchiveFile(REF, self._random.choice(["d", "d/e/"]), folder=True)

    def _move(self) -> Wanted:
        return move_file, MoveFile(REF, self._one_of(), self._somewhere(), **self._expected())

    def _copy(self) -> Wanted:
        return copy_file, CopyFile(REF, FilePlace(REF, self._one_of()), self._somewhere())

    def _one_of(self) -> str:
        """A file that is there now, as a rule."""
        there = [
            path for path in (*PATHS, *NEW_PATHS) if self._world.bucket.newest(PREFIX + path) is not None
        ]
        return self._random.choice(there or PATHS)

    def _somewhere(self) -> str:
        """A new path, as a rule."""
        return self._random.choice([*PATHS, *NEW_PATHS, *NEW_PATHS])

    def _archive_file(self) -> Wanted:
        return archive_files, ArchiveFiles(REF, self._random.choice(PATHS), folder=False)

    def _single_file(self) -> Wanted:
        path = self._random.choice(PATHS)
        there = [one for one in self._world.bucket.history(PREFIX + path) if one.body is not None]
        if there and self._chance(0.5):
            return revert_file, RevertFile(REF, path, self._random.choice(there).version_id)
        return unarchive_file, UnarchiveFile(REF, path)

    def _revert(self) -> Wanted:
        """Under another name, or of some paths, or without what is gone."""
        facts: dict[str, Any] = {"background": self._chance(0.3)} | self._expected()
        if self._chance(0.3):
            facts["name"] = self._random.choice("abmz")
        else:
            facts |= {"paths": self._random.choice(PARTS), "skip_missing": self._chance(0.3)}
        return revert_version, RevertVersion(REF, self._version(), comment=self._mark(), **facts)

    def _activate(self) -> Wanted:
        return activate_version, ActivateVersion(
            REF, self._version(), background=self._chance(0.3), **self._expected()
        )

    def _lifecycle(self) -> Wanted:
        operation, command = self._random.choice(
            [
                (publish_version, PublishVersion),
                (publish_version, PublishVersion),
                (archive_version, ArchiveVersion),
                (unarchive_version, UnarchiveVersion),
                (delete_version, DeleteVersion),
            ]
        )
        return operation, command(REF, self._version(), **self._expected())

    def _update(self) -> Wanted:
        alias = self._random.choice(["gold", "silver", "", None])
        others = self._random.choice([None, (), ("gold",), ("green", "silver")])
        facts: dict[str, Any] = {"other_aliases": others, "move_alias": self._chance(0.5)}
        return update_version, UpdateVersion(REF, self._version(), alias, self._mark(), **facts)

    def _clone(self) -> Wanted:
        return clone_version, CloneVersion(
            REF, self._version(), comment=self._mark(), publish=self._chance(0.4)
        )

    def _cancel(self) -> Wanted:
        return cancel_job, CancelJob(REF, self._random.choice(self._world.jobs_asked_for))

    def _asset(self) -> Wanted:
        if self._world.head().archived_at is None:
            return archive_asset, ArchiveAsset(REF)
        return unarchive_asset, UnarchiveAsset(REF)

    def _version(self) -> VersionRef:
        return VersionRef(number=self._random.choice(list(self._world.oracle.commits)))

    def _expected(self) -> dict[str, Any]:
        """Now and then, what `If-Match` says."""
        return {"expected_rev": self._world.head().rev} if self._chance(0.25) else {}

    def _mark(self) -> str:
        """Each request its own."""
        self._made += 1
        return f"note {self._made}"

    def _chance(self, likely: float) -> bool:
        return self._random.random() < likely
