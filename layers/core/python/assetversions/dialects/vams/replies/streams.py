"""The bytes of one file, as VAMS's viewers read them."""

from assetversions.dialects.common.http import Reply
from assetversions.domain.media_types import media_type
from assetversions.domain.results.files import Streamed

# A page or a drawing that somebody has uploaded runs nothing at the address of the API.
_HARMLESS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


def streamed(found: Streamed) -> Reply:
    """VAMS answers 200 for a part, too; a client that asked for one then takes it for the whole."""
    entry, part = found.entry, found.part
    if found.url is not None:
        return Reply(307, headers={"Location": found.url})
    if part is None:
        body = {"message": f"Range: the file has {entry.size:,} bytes, and none of these; ask for others."}
        return Reply(416, body, {"Content-Range": f"bytes */{entry.size}"})
    headers = _HARMLESS | {
        "Accept-Ranges": "bytes",
        "Content-Type": media_type(entry.path) or "application/octet-stream",
        "ETag": f'"{entry.etag}"',
        "x-amz-version-id": entry.version_id,
    }
    if not found.whole:
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{entry.size}"
    if found.data is None:  # a HEAD
        headers["Content-Length"] = str(len(part))
    return Reply(200 if found.whole else 206, found.data, headers)
