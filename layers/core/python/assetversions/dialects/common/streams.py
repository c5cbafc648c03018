"""The bytes of one file in a reply: all of them, a part, or the way to them (RFC 9110, 14)."""

from typing import Any

from assetversions.dialects.common.http import Reply
from assetversions.domain.media_types import media_type
from assetversions.domain.results.files import Streamed

# A page or a drawing that somebody has uploaded runs nothing at the address of the API.
_HARMLESS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


def streamed(found: Streamed) -> Reply | None:
    """None where the file has nothing of what was asked for: each API has words of its own for that."""
    entry, part = found.entry, found.part
    if found.url is not None:
        return Reply(307, headers={"Location": found.url})
    if part is None:
        return None
    headers = _HARMLESS | {
        "Accept-Ranges": "bytes",
        "Content-Type": media_type(entry.path) or "application/octet-stream",
        "ETag": f'"{entry.etag}"',
    }
    if not found.whole:
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{entry.size}"
    if found.data is None:  # a HEAD
        headers["Content-Length"] = str(len(part))
    return Reply(200 if found.whole else 206, found.data, headers)


def none_of_it(found: Streamed, name: str) -> Reply:
    """What to answer then; `name` is what the API calls the message."""
    size = found.entry.size
    body: dict[str, Any] = {name: f"Range: the file has {size:,} bytes, and none of these; ask for others."}
    return Reply(416, body, {"Content-Range": f"bytes */{size}"})
