"""Make the version that a create asks for, in the request or in a job."""

from collections.abc import Iterable
from dataclasses import replace

from assetversions.domain.commands.versions import CreateVersion
from assetversions.domain.errors import Invalid
from assetversions.domain.manifests.delta import far_apart
from assetversions.domain.manifests.manifest import PathChange, Root
from assetversions.domain.manifests.merge import rows
from assetversions.domain.model import Asset, Content, Origin, OriginKind
from assetversions.domain.ports.manifests import Stored
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Done, VersionExtras
from assetversions.engine import lease
from assetversions.engine.budget import Meter
from assetversions.engine.content import store_content, store_files, store_variables
from assetversions.engine.new_version import NewVersion, base_root, commit_next


def make_version(
    command: CreateVersion, asset: Asset, services: Services, meter: Meter, job: str | None = None
) -> Done:
    """Store the manifest, then commit, for the job if there is one."""
    variables = store_variables(services, asset, command.variables)
    if command.content is not None:
        stored, content = store_content(services, asset, command.content)
    else:
        stored, content = _snapshot(command, asset, services, meter)
    origin = Origin(OriginKind.AS_OF if command.as_of else OriginKind.CREATED)
    new = NewVersion(
        stored,
        origin,
        command.description,
        command.comment,
        command.alias,
        job=job,
        content=content,
        variables=variables,
        open=command.open,
        working=command.content is None and command.pins is None and command.as_of is None,
        revision=command.revision,
        bump_revision=command.bump_revision,
    )
    done = commit_next(services, asset, new, command.expected_rev)
    return replace(done, extras=VersionExtras(command.variables))


def _snapshot(
    command: CreateVersion, asset: Asset, services: Services, meter: Meter
) -> tuple[Stored, Content | None]:
    base = base_root(services, asset)
    if base is not None and command.pins is not None and far_apart(base.files, len(command.pins)):
        base = None  # not worth reading through
    rows = _rows(command, asset, services, base, meter)
    stored, content = store_files(services, asset, rows, base)
    if command.as_of and not stored.files and not command.allow_empty:
        raise Invalid("asOf", "the asset had no files then; send allowEmpty for an empty version.")
    return stored, content


def _rows(
    command: CreateVersion, asset: Asset, services: Services, base: Root | None, meter: Meter
) -> Iterable[PathChange]:
    before = () if base is None else services.manifests.entries(asset.uid, base)
    if command.pins is not None:
        return rows(before, services.files.pinned(asset.ref, command.pins))
    if command.as_of is not None:
        if command.as_of > services.now():
            raise Invalid("asOf", "must not be in the future.")
        past = meter(
            PathChange(entry.path, entry, entry) for entry in services.files.as_of(asset.ref, command.as_of)
        )
        return rows(before, (row.current for row in past if row.current is not None))
    lease.check_free(services, asset)
    return meter(services.files.working(asset.ref, None if base is None else before))
