"""Which version an upload has become: it is one, however often and by however many that is asked for."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice, takewhile

from assetversions.domain.errors import Conflict
from assetversions.domain.model import Asset, Version
from assetversions.domain.ports.manifests import Stored
from assetversions.domain.ports.services import Services
from assetversions.domain.uploads import Upload

PAGE = 25
# Of the versions that came since it was begun; an upload is forgotten after a week.
MOST_LOOKED_AT = 1_000
# Clocks differ: a version may say that it was made before the upload that it is of was begun.
EARLIER = timedelta(minutes=1)


class MadeBefore(Conflict):
    """There is a version of it already."""


def version_of(services: Services, asset: Asset, upload: Upload) -> Version | None:
    """The version that an upload has become, be it deleted; one behind too many others is not looked for."""
    since = islice(_since(services, asset, upload), MOST_LOOKED_AT)
    return next((version for version in since if version.origin.upload == upload.upload_id), None)


def check_first(services: Services, asset: Asset, upload: Upload) -> None:
    """MadeBefore where it has become a version; Conflict where so many came since that this can't be told."""
    for looked_at, version in enumerate(_since(services, asset, upload)):
        if looked_at == MOST_LOOKED_AT:
            raise Conflict(
                f"Upload '{upload.upload_id}': so many versions came since it was begun that it can't be "
                "told whether one of them is of it. Begin another upload."
            )
        if version.origin.upload == upload.upload_id:
            raise MadeBefore(f"Version {version.number} is of upload '{upload.upload_id}' already.")


def check_held(services: Services, asset: Asset, upload: Upload, stored: Stored) -> None:
    """Conflict where what is to be the version of an upload does not hold its files: others came after it."""
    assert upload.ended_at is not None  # its files are visible
    done = services.journal.outcome(asset.ref, upload.upload_id, upload.ended_at)
    root = services.manifests.root(asset.uid, stored.digest)
    sent = {state.path: state.after for state in done}
    held = {entry.path: entry.version_id for entry in services.manifests.at(asset.uid, root, sent)}
    hidden = [path for path in sorted(sent) if held.get(path) != sent[path]]
    if hidden:
        more = f" and {len(hidden) - 1} more" if len(hidden) > 1 else ""
        raise Conflict(
            f"The upload is complete, but something newer stands at '{hidden[0]}'{more}. For a version of "
            "yours, revert the file to it, and make one of the files as they are."
        )


def _since(services: Services, asset: Asset, upload: Upload) -> Iterator[Version]:
    """The versions that were made since it was begun, newest first."""
    newest = services.records.versions(asset.ref, None, PAGE)
    return takewhile(lambda version: version.created_at >= upload.begun_at - EARLIER, newest)
