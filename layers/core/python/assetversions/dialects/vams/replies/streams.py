"""The bytes of one file, as VAMS's viewers read them."""

from msgspec.structs import replace

from assetversions.dialects.common import streams
from assetversions.dialects.common.http import Reply
from assetversions.domain.results.files import Streamed


def streamed(found: Streamed) -> Reply:
    """VAMS answers 200 for a part, too; a client that asked for one then takes it for the whole."""
    reply = streams.streamed(found)
    if reply is None:
        return streams.none_of_it(found, "message")
    if reply.status == 307:
        return reply
    return replace(reply, headers={**reply.headers, "x-amz-version-id": found.entry.version_id})
