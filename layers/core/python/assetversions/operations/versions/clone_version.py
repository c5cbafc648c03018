"""Make a new draft with the files, content and variables of a version, open for editing."""

from dataclasses import replace

from assetversions.domain import lifecycle
from assetversions.domain.commands.versions import CloneVersion, Expansion
from assetversions.domain.model import Asset, Origin, OriginKind
from assetversions.domain.ports.manifests import Stored
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Done
from assetversions.engine.authorize import require
from assetversions.engine.expand import expand_versions
from assetversions.engine.lookup import find_any_version
from assetversions.engine.new_version import NewVersion, commit_next
from assetversions.engine.operation import operation

_SHOWN = (Expansion.VARIABLES, Expansion.LINKS)


def _shown(_command: CloneVersion, done: Done, services: Services) -> Done:
    return replace(done, extras=expand_versions(services, done.asset, [done.version], _SHOWN)[0])


@operation(action="create", again=_shown)
def clone_version(command: CloneVersion, asset: Asset, services: Services) -> Done:
    """Conflict for a deleted version; publishing the clone takes the permission to. Copies no file."""
    if command.publish:
        require(services, "publish", asset)
    source = find_any_version(services, asset, command.version)
    lifecycle.check_usable(source)
    new = NewVersion(
        stored=Stored(source.manifest, source.files, source.bytes),
        origin=Origin(OriginKind.CLONED, source.number),
        description=source.description,
        comment=command.comment,
        content=source.content,
        variables=source.variables,
        open=True,
        publish=command.publish,
    )
    return _shown(command, commit_next(services, asset, new, command.expected_rev), services)
