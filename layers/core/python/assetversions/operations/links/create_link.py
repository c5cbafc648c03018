"""Link two assets."""

from assetversions.domain.asset_links import AssetLink
from assetversions.domain.commands.links import CreateLink
from assetversions.domain.errors import Invalid
from assetversions.domain.ids import uuid7
from assetversions.domain.ports.services import Services
from assetversions.engine.asset_links import check_ends, check_new
from assetversions.engine.commit import retried
from assetversions.engine.lookup import find_called
from assetversions.engine.once import receipt
from assetversions.engine.operation import operation


@operation(action="update")
def create_link(command: CreateLink, services: Services) -> AssetLink:
    """It takes the right to update both. Invalid for an asset with itself, and as `check_new` says."""
    if command.source == command.target:
        raise Invalid("toAssetId", "must be another asset.")
    source, target = [find_called(services, ref) for ref in (command.source, command.target)]
    check_ends(services, source, target)
    link = AssetLink(
        str(uuid7()),
        command.kind,
        source.ref,
        target.ref,
        command.alias,
        command.tags,
        services.now(),
        services.user,
    )

    def attempt() -> AssetLink:
        times = services.links.times()
        check_new(services, link)
        services.links.add(link, times, receipt(services, link))
        return link

    return retried(attempt, "Too many links are made at once; send the request again.")
