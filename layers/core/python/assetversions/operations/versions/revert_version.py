"""Bring an asset's files back to what an old version held, and record that as a new version."""

from msgspec.structs import replace

from assetversions.domain.commands.versions import RevertVersion
from assetversions.domain.jobs import JobKind
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Deferred, Done, Planned
from assetversions.engine.expand import expand_versions
from assetversions.engine.lookup import find_state
from assetversions.engine.operation import operation
from assetversions.engine.restore.naming import check_name
from assetversions.engine.restore.run import restore_files

Made = Done | Planned | Deferred


def _shown(command: RevertVersion, done: Made, services: Services) -> Made:
    if not isinstance(done, Done):
        return done
    return replace(done, extras=expand_versions(services, done.asset, [done.version], command.expand)[0])


@operation(action="revert", again=_shown)
def revert_version(command: RevertVersion, asset: Asset, services: Services) -> Made:
    """Restore the files, then commit what is there now as the next version.

    Conflict, with nothing changed, if an object version that is needed no longer exists and
    `skip_missing` is not set, or if another restore is under way. After a crash the same request
    finishes the work: what was already restored no longer differs. A dry run is never left to a job,
    which would do it; TooLarge where it does not fit the request.
    """
    if command.name is not None:
        check_name(services, asset, command, find_state(services, asset, command.version))
    return _shown(command, restore_files(command, asset, services, JobKind.REVERT), services)
