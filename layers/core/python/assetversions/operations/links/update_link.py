"""Change what is said of a link."""

from msgspec.structs import replace

from assetversions.domain.asset_links import AssetLink, LinkKind
from assetversions.domain.commands.links import UpdateLink
from assetversions.domain.errors import Invalid
from assetversions.domain.ports.services import Services
from assetversions.engine.asset_links import change_link, check_free
from assetversions.engine.operation import operation


@operation(action="update")
def update_link(command: UpdateLink, services: Services) -> AssetLink:
    """Invalid for an alias that another link of the same assets has, and for one of related assets."""

    def edit(before: AssetLink) -> AssetLink:
        alias = before.alias if command.alias is None else command.alias
        if alias and before.kind is LinkKind.RELATED:
            raise Invalid("assetLinkAliasId", "is for parents and children alone; leave it out.")
        after = replace(before, alias=alias, tags=command.tags)
        check_free(services.links.of(before.source), after)
        return after

    return change_link(services, command.link_id, edit)
