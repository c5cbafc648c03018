"""The wrapper around a page of a list, as Laravel's paginator writes it (sources: `docs/api/disguise.md`)."""

from typing import Any
from urllib.parse import quote, urlencode

from assetversions.dialects.common.http import Request
from assetversions.dialects.disguise.requests import DEFAULT_PER_PAGE, ListQuery, list_query
from assetversions.domain.results.versions import VersionPage

Body = dict[str, Any]


def wrapped(items: list[Body], page: VersionPage, request: Request) -> Body:
    """The page with its links, absolute ones, and its place among all."""
    query, total = list_query(request), page.total
    assert total is not None  # known, as versions of all states are listed
    last = max(1, -(-total // query.per_page))
    path = _path(request)
    return {
        "data": items,
        "links": {
            "first": _link(path, query, 1),
            "last": _link(path, query, last),
            "prev": _link(path, query, query.page - 1) if query.page > 1 else None,
            "next": _link(path, query, query.page + 1) if query.page < last else None,
        },
        "meta": {
            "current_page": query.page,
            "from": query.start + 1 if items else None,
            "last_page": last,
            "path": path,
            "per_page": query.per_page,
            "to": query.start + len(items) if items else None,
            "total": total,
        },
    }


def _path(request: Request) -> str:
    drive, content = (quote(request.path[name], safe="") for name in ("drive_id", "content_id"))
    return f"{request.origin}/v1/drives/{drive}/content/{content}/versions"


def _link(path: str, query: ListQuery, page: int) -> str:
    kept = {} if query.per_page == DEFAULT_PER_PAGE else {"per_page": query.per_page}
    return f"{path}?{urlencode(kept | {'page': page})}"
