"""Delete an asset for good, archived or not: nothing of it can be read any more."""

from msgspec.structs import replace

from assetversions.domain.commands.catalog import DeleteAsset
from assetversions.domain.commits import Change
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.catalog import DeletedAsset
from assetversions.engine import lease
from assetversions.engine.commit import commit_with_retry, head_change, new_event
from assetversions.engine.operation import operation


@operation(action="delete")
def delete_asset(command: DeleteAsset, asset: Asset, services: Services) -> DeletedAsset:
    """Conflict while a restore changes its files. What else is at work on it finds that it is gone."""

    def build(head: Asset) -> tuple[Change, None]:
        lease.check_free(services, head)
        why = {"reason": command.reason} if command.reason else {}
        note = new_event(services, "asset.deleted", head.current or 0, **why)
        # An archived one goes, too.
        change = head_change(head, note, archived_at=head.archived_at)
        return replace(change, deletes=True), None

    def result(last: Asset, _made: None) -> DeletedAsset:
        return DeletedAsset(last)

    last, _ = commit_with_retry(services, asset, build, command.expected_rev, result)
    return DeletedAsset(last)
