"""The commands of jobs as JSON, which their steps read: what each kind of job was asked for."""

from collections.abc import Mapping

from assetversions.domain.commands.catalog import AdoptAssets
from assetversions.domain.commands.exports import ZipVersion
from assetversions.domain.commands.files import ArchiveFiles, ReconcileFiles, UnarchiveFile
from assetversions.domain.commands.history import VerifyVersion
from assetversions.domain.commands.versions import (
    ActivateVersion,
    CloneVersion,
    CreateVersion,
    PublishVersion,
    RevertVersion,
    UnarchiveVersion,
)
from assetversions.domain.jobs import JobKind
from assetversions.domain.ports.jobs import JobCommand

COMMANDS: Mapping[JobKind, type[JobCommand]] = {
    JobKind.CREATE: CreateVersion,
    JobKind.REVERT: RevertVersion,
    JobKind.ACTIVATE: ActivateVersion,
    JobKind.VERIFY: VerifyVersion,
    JobKind.PUBLISH: PublishVersion,
    JobKind.UNARCHIVE: UnarchiveVersion,
    JobKind.CLONE: CloneVersion,
    JobKind.ARCHIVE: ArchiveFiles,
    JobKind.UNARCHIVE_FILES: UnarchiveFile,
    JobKind.ADOPT: AdoptAssets,
    JobKind.RECONCILE: ReconcileFiles,
    JobKind.ZIP: ZipVersion,
}
