"""Freeze an asset's files as its next version."""

from msgspec.structs import replace

from assetversions.domain.commands.versions import CreateVersion
from assetversions.domain.jobs import JobKind
from assetversions.domain.lifecycle import check_live
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Deferred, Done, VersionExtras
from assetversions.engine.authorize import require
from assetversions.engine.budget import Estimate, OverBudget, defer
from assetversions.engine.commit import check_expected
from assetversions.engine.content import check_presets
from assetversions.engine.importing import imported
from assetversions.engine.lookup import check_aliases_free
from assetversions.engine.operation import operation
from assetversions.engine.snapshot import check_source, make_version


def _shown(command: CreateVersion, done: Done | Deferred, _services: Services) -> Done | Deferred:
    return replace(done, extras=VersionExtras(command.variables)) if isinstance(done, Done) else done


@operation(action="create", again=_shown)
def create_version(command: CreateVersion, asset: Asset, services: Services) -> Done | Deferred:
    """Pin the object versions asked for, take the files of now or of an instant, or store a content.

    Invalid if an object version does not exist, or for an empty version that is not allowed; Conflict if
    an alias is taken, `expected_rev` no longer holds or a restore is under way. Nothing is changed then.
    To publish it at once takes the permission to.
    """
    check_live(asset)
    check_expected(asset, command.expected_rev)
    if command.publish:
        require(services, "publish", asset)
    check_aliases_free(services, asset, filter(None, (command.alias, *command.other_aliases)))
    check_source(command, asset, services)
    check_presets(services, command.variables)
    command = replace(command, content=imported(services, command.content))
    if command.background:
        return defer(services, asset, JobKind.CREATE, command)
    estimate = Estimate()
    try:
        estimate.asked(len(command.pins or ()))
        done = make_version(command, asset, services, estimate.meter(asset))
    except OverBudget:
        return defer(services, asset, JobKind.CREATE, command)
    return _shown(command, done, services)
