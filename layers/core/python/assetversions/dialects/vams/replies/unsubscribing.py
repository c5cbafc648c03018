"""The two pages behind the link of a letter, which people see in a browser."""

from assetversions.dialects.common.http import Reply

_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    # The address is a right: nobody else is told of it, and nothing else runs beside it.
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
}


def button(_nothing: None) -> Reply:
    """Sent, the form goes to the address that it came from, with its ticket."""
    return _page('<form method="post"><button>Stop the mails about this asset</button></form>')


def done(_nothing: None) -> Reply:
    return _page("<p>You get no more mail about this asset.</p>")


def _page(body: str) -> Reply:
    head = '<meta name="viewport" content="width=device-width"><title>Asset versions</title>'
    return Reply(
        200, f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>', _HEADERS
    )
