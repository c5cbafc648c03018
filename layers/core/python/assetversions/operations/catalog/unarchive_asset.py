"""Make an archived asset a usual one again."""

from assetversions.domain.commands.catalog import UnarchiveAsset
from assetversions.domain.commits import Change
from assetversions.domain.errors import Conflict
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine.commit import commit_with_retry, head_change, new_event
from assetversions.engine.file_types import database_of
from assetversions.engine.operation import operation


@operation(action="archive")
def unarchive_asset(command: UnarchiveAsset, asset: Asset, services: Services) -> Asset:
    """Conflict if it is not archived, NotFound once its database is deleted."""
    database_of(services, asset)

    def build(head: Asset) -> tuple[Change, None]:
        if head.archived_at is None:
            raise Conflict(f"Asset '{head.ref.public_id}' is not archived; nothing is left to do.")
        why = {"reason": command.reason} if command.reason else {}
        note = new_event(services, "asset.unarchived", head.current or 0, **why)
        return head_change(head, note, archived_at=None, archived_by="", archived_for=""), None

    return commit_with_retry(services, asset, build, command.expected_rev)[0]
