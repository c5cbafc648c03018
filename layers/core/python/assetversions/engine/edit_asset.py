"""Change what an asset says about itself, as far as the caller may."""

from msgspec.structs import replace

from assetversions.domain.commits import Change
from assetversions.domain.fields import HeadFields
from assetversions.domain.lifecycle import check_live
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.engine.authorize import require
from assetversions.engine.commit import check_expected, commit_with_retry, head_change, new_event


def check_edit(services: Services, asset: Asset, fields: HeadFields, expected_rev: int | None) -> None:
    """Forbidden also if the caller might not update what the asset would become."""
    check_live(asset)
    check_expected(asset, expected_rev)
    require(services, "update", replace(asset, **fields))


def edit_asset(services: Services, asset: Asset, fields: HeadFields, expected_rev: int | None) -> Asset:
    """Commit them: it is checked."""

    def build(head: Asset) -> tuple[Change, None]:
        note = new_event(services, "asset.updated", head.current or 0, fields=", ".join(sorted(fields)))
        return head_change(head, note, **fields), None

    return commit_with_retry(services, asset, build, expected_rev)[0]
