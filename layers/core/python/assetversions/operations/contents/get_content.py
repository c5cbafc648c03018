"""Read an asset as one content, with its versions."""

from assetversions.domain.commands.contents import GetContent
from assetversions.domain.model import Asset
from assetversions.domain.ports.services import Services
from assetversions.domain.results.contents import ContentView
from assetversions.engine.contents import content_with_versions
from assetversions.engine.operation import operation


@operation(action="read")
def get_content(_command: GetContent, asset: Asset, services: Services) -> ContentView:
    return content_with_versions(services, asset)
