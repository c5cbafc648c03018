"""Freeze an asset's files as its next version."""

from collections.abc import Iterable
from dataclasses import replace

from assetversions.domain.commands import CreateVersion
from assetversions.domain.errors import Invalid
from assetversions.domain.manifest import Entry, Root
from assetversions.domain.model import Asset, Origin, OriginKind
from assetversions.domain.ports import Services, Stored
from assetversions.domain.results import Deferred, Details, Done
from assetversions.operations import lease
from assetversions.operations.commit import check_expected
from assetversions.operations.content import store_content, store_variables
from assetversions.operations.limits import Pace, TooMuch, defer, in_request
from assetversions.operations.next_version import Draft, base_root, commit_next
from assetversions.operations.operation import operation

KIND = "create"


@operation(action="create")
def create_version(command: CreateVersion, asset: Asset, services: Services) -> Done | Deferred:
    """Pin the object versions asked for, take the files of now or of an instant, or store a content.

    Invalid if an object version does not exist; Conflict if the alias is taken, `expected_rev` no longer
    holds or a restore is under way. Nothing is changed then.
    """
    check_expected(asset, command.expected_rev)
    if command.background:
        return defer(services, asset, KIND, command)
    try:
        return make_version(command, asset, services, in_request)
    except TooMuch:
        return defer(services, asset, KIND, command)


def make_version(
    command: CreateVersion, asset: Asset, services: Services, pace: Pace, job: str | None = None
) -> Done:
    """Store the manifest, then commit, for the job if there is one."""
    variables = store_variables(services, asset, command.variables)
    if command.content is not None:
        stored, content = store_content(services, asset, command.content)
    else:
        stored, content = _snapshot(command, asset, services, pace), None
    origin = Origin(OriginKind.AS_OF if command.as_of else OriginKind.CREATED)
    facts = (command.description, command.comment, command.alias, job, content, variables, command.open)
    done = commit_next(services, asset, Draft(stored, origin, *facts), command.expected_rev)
    return replace(done, details=Details(command.variables))


def _snapshot(command: CreateVersion, asset: Asset, services: Services, pace: Pace) -> Stored:
    base = base_root(services, asset)
    stored = services.manifests.write(asset.uid, _entries(command, asset, services, base, pace), base)
    if command.as_of and not stored.files and not command.allow_empty:
        raise Invalid("asOf", "the asset had no files then; send allowEmpty for an empty version.")
    return stored


def _entries(
    command: CreateVersion, asset: Asset, services: Services, base: Root | None, pace: Pace
) -> Iterable[Entry]:
    if command.pins is not None:
        return services.files.pinned(asset.ref, command.pins)
    if command.as_of is not None:
        if command.as_of > services.now():
            raise Invalid("asOf", "must not be in the future.")
        return services.files.as_of(asset.ref, command.as_of)
    lease.check_free(services, asset)
    known = None if base is None else services.manifests.entries(asset.uid, base)
    rows = pace(services.files.working(asset.ref, known))
    return (row.now for row in rows if row.now is not None)
