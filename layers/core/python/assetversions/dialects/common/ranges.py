"""Which bytes a request's `Range` asks for (RFC 9110, 14.1.2)."""

import re

from assetversions.dialects.common.http import Request
from assetversions.domain.span import Span

_ONE = re.compile(r"\s*bytes\s*=\s*([0-9]{0,18})-([0-9]{0,18})\s*", re.ASCII | re.IGNORECASE)


def span(request: Request) -> Span | None:
    """None for all of it: so is what can't be read, or has several parts, as RFC 9110 allows."""
    found = _ONE.fullmatch(request.headers.get("range", ""))
    if found is None or found[0].strip().endswith("=-"):
        return None
    first, last = (int(text) if text else None for text in found.groups())
    if first is not None and last is not None and last < first:
        return None
    return Span(first, last)


def unless_changed(request: Request) -> str | None:
    """The ETag in `If-Range`, bare; what is no strong one matches none."""
    value = request.headers.get("if-range")
    return None if value is None else value.strip().removeprefix('"').removesuffix('"')
