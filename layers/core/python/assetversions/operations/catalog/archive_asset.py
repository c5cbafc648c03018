"""Archive an asset: read-only, and out of the usual listing; its files and versions stay."""

from assetversions.domain.commands.catalog import ArchiveAsset
from assetversions.domain.commits import Change
from assetversions.domain.errors import Conflict
from assetversions.domain.fields import HeadFields
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine import lease
from assetversions.engine.commit import commit_with_retry, head_change, new_event
from assetversions.engine.operation import operation


@operation(action="archive")
def archive_asset(command: ArchiveAsset, asset: Asset, services: Services) -> Asset:
    """Conflict if it is archived already, or while a restore changes its files."""

    def build(head: Asset) -> tuple[Change, None]:
        if head.archived_at is not None:
            raise Conflict(f"Asset '{head.ref.public_id}' is archived already; unarchive it to change it.")
        lease.check_free(services, head)
        why = {"reason": command.reason} if command.reason else {}
        note = new_event(services, "asset.archived", head.current or 0, **why)
        marks: HeadFields = {"archived_at": note.at, "archived_by": note.by, "archived_for": command.reason}
        return head_change(head, note, **marks), None

    return commit_with_retry(services, asset, build, command.expected_rev)[0]
