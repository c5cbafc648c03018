"""Documents and pages as they were deployed: whoever has one is told so."""

import hashlib

from assetversions.dialects.common.http import Reply, Request
from assetversions.domain.results.pages import Page

KINDS = {
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
}
# Of no other host, and nothing that stands in the page itself; the renderer sets styles.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# From so many bytes on it goes packed to who takes that.
PACKED_ABOVE = 10_000


def shown(page: Page, request: Request) -> Reply:
    """Whole, or 304 to who has the same; a page runs nothing but what is served beside it."""
    etag = f'"{hashlib.sha256(page.text.encode()).hexdigest()[:32]}"'
    facts = {"ETag": etag, "Cache-Control": "public, max-age=300", "Vary": "Accept-Encoding"}
    known = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    if etag in known or "*" in known:
        return Reply(304, headers=facts)
    told = {
        "Content-Type": KINDS[page.path.rpartition(".")[2]],
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
    }
    return Reply(200, page.text, facts | told, packed_above=PACKED_ABOVE)
