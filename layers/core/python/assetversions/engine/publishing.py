"""Publish, unarchive or clone a version, in the request or in a job: its bytes have to be there."""

from collections.abc import Callable

from assetversions.domain import lifecycle
from assetversions.domain.commands.versions import CloneVersion, PublishVersion, UnarchiveVersion
from assetversions.domain.model import Asset, Origin, OriginKind, State, Version
from assetversions.domain.ports.manifests import Stored
from assetversions.domain.ports.services import Services
from assetversions.domain.results.versions import Done
from assetversions.engine.budget import Estimate
from assetversions.engine.edit import Edit, edit_version, entering
from assetversions.engine.lookup import find_any_version
from assetversions.engine.new_version import NewVersion, commit_next
from assetversions.engine.presence import Presence

Check = Callable[[Version], None]


def within_request(services: Services, asset: Asset) -> Check:
    """The check of a request: OverBudget for more files than it can look for."""
    presence = Presence(services, asset)

    def check(version: Version) -> None:
        Estimate().looked_for(version.files)
        presence.check(version)

    return check


def publish(
    command: PublishVersion, asset: Asset, services: Services, check: Check, job: str | None = None
) -> Done:
    """Conflict if its state does not allow it, or if the one published before is protected."""

    def edit(head: Asset, version: Version) -> Edit:
        edited = entering(services, head, version, State.PUBLISHED)
        check(version)
        return edited

    return edit_version(
        services, asset, command.version, edit, "version.published", command.expected_rev, job
    )


def unarchive(
    command: UnarchiveVersion,
    asset: Asset,
    services: Services,
    check: Check,
    may_publish: Callable[[], None],
    job: str | None = None,
) -> Done:
    """Conflict if the version is not archived and has to be; `may_publish` refuses to publish it again."""

    def edit(head: Asset, version: Version) -> Edit | None:
        if command.again and version.state not in lifecycle.READ_ONLY:
            return None
        state = lifecycle.before_archiving(version)
        edited = entering(services, head, version, state)
        if state is State.PUBLISHED:
            may_publish()
            check(version)
        return edited

    return edit_version(
        services, asset, command.version, edit, "version.unarchived", command.expected_rev, job
    )


def clone(
    command: CloneVersion, asset: Asset, services: Services, check: Check, job: str | None = None
) -> Done:
    """Conflict for a deleted version. Copies no file."""
    source = find_any_version(services, asset, command.version)
    lifecycle.check_usable(source)
    check(source)
    new = NewVersion(
        stored=Stored(source.manifest, source.files, source.bytes),
        origin=Origin(OriginKind.CLONED, source.number),
        description=source.description,
        comment=command.comment,
        job=job,
        content=source.content,
        variables=source.variables,
        open=True,
        publish=command.publish,
    )
    return commit_next(services, asset, new, command.expected_rev)
