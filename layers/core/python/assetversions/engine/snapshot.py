"""Make the version that a create asks for, in the request or in a job."""

from collections.abc import Iterable
from dataclasses import replace
from time import sleep

from assetversions.domain.commands.versions import CreateVersion
from assetversions.domain.errors import Busy, Invalid
from assetversions.domain.manifests.delta import far_apart
from assetversions.domain.manifests.manifest import Entry, PathChange
from assetversions.domain.manifests.merge import rows
from assetversions.domain.model import Asset, Content, Origin, OriginKind
from assetversions.domain.ports.manifests import Stored
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Done, VersionExtras
from assetversions.engine import commit, lease
from assetversions.engine.budget import Meter
from assetversions.engine.content import store_content, store_files, store_variables
from assetversions.engine.lookup import reread
from assetversions.engine.new_version import NewVersion, StaleReading, base_root, commit_next
from assetversions.engine.reading import read_and_store


def make_version(
    command: CreateVersion, asset: Asset, services: Services, meter: Meter, job: str | None = None
) -> Done:
    """Store the manifest, then commit, for the job if there is one.

    Another version of the working files that comes first makes the reading stale: they are read again, so
    that a later number never holds an older state.
    """
    variables = store_variables(services, asset, command.variables)
    taken_in: list[str] = []
    for pause in commit.pauses():
        if command.content is not None:
            stored, content = store_content(services, asset, command.content)
        elif command.pins is not None or command.as_of is not None:
            stored, content = _of_old(command, asset, services, meter)
        else:
            stored, content, taken_in = _of_now(command, asset, services, meter)
        try:
            new = _new_version(command, stored, content, variables, job)
            done = commit_next(services, asset, new, command.expected_rev)
        except StaleReading:
            sleep(pause)
            asset = reread(services, asset)
        else:
            services.journal.drop(asset.ref, taken_in)
            return replace(done, extras=VersionExtras(command.variables))
    raise Busy("Too many versions of this asset at once; send the request again.")


def _new_version(
    command: CreateVersion, stored: Stored, content: Content | None, variables: str | None, job: str | None
) -> NewVersion:
    return NewVersion(
        stored,
        Origin(OriginKind.AS_OF if command.as_of else OriginKind.CREATED),
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


def _of_now(
    command: CreateVersion, asset: Asset, services: Services, meter: Meter
) -> tuple[Stored, Content | None, list[str]]:
    lease.check_free(services, asset)
    return read_and_store(services, asset, base_root(services, asset), meter)


def _of_old(
    command: CreateVersion, asset: Asset, services: Services, meter: Meter
) -> tuple[Stored, Content | None]:
    base = base_root(services, asset)
    if base is not None and command.pins is not None and far_apart(base.files, len(command.pins)):
        base = None  # not worth reading through
    known = () if base is None else services.manifests.entries(asset.uid, base)
    found = rows(known, _old_files(command, asset, services, meter))
    stored, content = store_files(services, asset, found, base)
    if command.as_of and not stored.files and not command.allow_empty:
        raise Invalid("asOf", "the asset had no files then; send allowEmpty for an empty version.")
    return stored, content


def _old_files(command: CreateVersion, asset: Asset, services: Services, meter: Meter) -> Iterable[Entry]:
    """Those that the caller pinned, or those of an instant."""
    if command.as_of is None:
        return services.files.pinned(asset.ref, command.pins or {})
    if command.as_of > services.now():
        raise Invalid("asOf", "must not be in the future.")
    past = services.files.as_of(asset.ref, command.as_of)
    seen = meter(PathChange(entry.path, entry, entry) for entry in past)
    return (row.current for row in seen if row.current is not None)
