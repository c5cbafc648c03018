"""Hand over the bytes of one file by themselves, so that a viewer reads a set of files below one address."""

from assetversions.domain.commands.files import StreamFile
from assetversions.domain.errors import NotFound
from assetversions.domain.manifests.manifest import Entry
from assetversions.domain.model import Asset, AssetRef
from assetversions.domain.ports.services import Services
from assetversions.domain.results.files import Streamed
from assetversions.domain.span import Bytes
from assetversions.engine.links import sound_link, wanted
from assetversions.engine.operation import operation

# 4.4 MiB: in Base64, what a function's reply has room for.
MOST_BYTES = 4_613_734


@operation(action="read")
def stream_file(command: StreamFile, asset: Asset, services: Services) -> Streamed:
    """Forbidden for an asset that is not distributable; NotFound where there are no such bytes."""
    entry, place = wanted(services, asset, command), command.shelf.of(asset.ref)
    whole = command.span is None or command.unless_changed not in {None, entry.etag}
    part = Bytes(0, entry.size) if whole or command.span is None else command.span.of(entry.size)
    if command.facts_only or part is None:
        return Streamed(entry, part, whole)
    if len(part) > MOST_BYTES:
        return Streamed(entry, part, whole, url=sound_link(services, place, entry, command.terms).url)
    return Streamed(entry, part, whole, data=_bytes(services, place, entry, part))


def _bytes(services: Services, place: AssetRef, entry: Entry, part: Bytes) -> bytes:
    if not len(part):
        return b""
    data = services.transfers.read(place, entry, part)
    if data is None:
        raise NotFound("file", entry.path)
    return data
