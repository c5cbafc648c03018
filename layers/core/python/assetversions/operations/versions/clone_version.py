"""Make a new draft with the files, content and variables of a version, open for editing."""

from msgspec.structs import replace

from assetversions.domain.commands.versions import CloneVersion, Expansion
from assetversions.domain.jobs import JobKind
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Deferred, Done
from assetversions.engine.authorize import require
from assetversions.engine.budget import OverBudget, defer
from assetversions.engine.commit import check_expected
from assetversions.engine.expand import expand_versions
from assetversions.engine.lookup import find_any_version, fixed
from assetversions.engine.operation import operation
from assetversions.engine.publishing import clone, within_request

_SHOWN = (Expansion.VARIABLES, Expansion.LINKS)


def _shown(_command: CloneVersion, done: Done | Deferred, services: Services) -> Done | Deferred:
    if not isinstance(done, Done):
        return done
    return replace(done, extras=expand_versions(services, done.asset, [done.version], _SHOWN)[0])


@operation(action="create", again=_shown)
def clone_version(command: CloneVersion, asset: Asset, services: Services) -> Done | Deferred:
    """Conflict for a deleted version, or where its bytes are gone; to publish it takes the permission to."""
    check_expected(asset, command.expected_rev)
    if command.publish:
        require(services, "publish", asset)
    try:
        done = clone(command, asset, services, within_request(services, asset))
    except OverBudget:
        wanted = replace(command, version=fixed(find_any_version(services, asset, command.version)))
        return defer(services, asset, JobKind.CLONE, wanted)
    return _shown(command, done, services)
