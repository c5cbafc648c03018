"""Give a content another name."""

from assetversions.domain.commands.contents import UpdateContent
from assetversions.domain.fields import HeadFields
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.contents import ContentView
from assetversions.engine import once
from assetversions.engine.contents import content_with_versions
from assetversions.engine.edit_asset import check_edit, edit_asset
from assetversions.engine.operation import operation


def _again(_command: UpdateContent, changed: Asset, services: Services) -> ContentView:
    return content_with_versions(services, changed)


@operation(action="update", again=_again)
def update_content(command: UpdateContent, asset: Asset, services: Services) -> ContentView:
    """Where nothing is said nothing changes. ReadOnly for an archived asset."""
    fields: HeadFields = {} if command.name is None else {"name": command.name}
    check_edit(services, asset, fields, command.expected_rev)
    if fields:
        asset = edit_asset(services, asset, fields, command.expected_rev)
    else:
        once.end(services, asset)
    return content_with_versions(services, asset)
