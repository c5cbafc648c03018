"""The wrapper around a page of a list, as Laravel's paginator writes it (sources: `docs/api/disguise.md`)."""

from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from assetversions.dialects.common.http import Request
from assetversions.dialects.disguise.requests import ListQuery, list_query

Body = dict[str, Any]

# Up to so many pages all are offered; else those on each side of this one, those near an end, and a gap.
ALL, EACH_SIDE, NEAR_AN_END, AT_AN_END = 14, 3, 7, 10
GAP = "..."


def wrapped(items: list[Body], total: int | None, path: str, request: Request, more: bool = False) -> Body:
    """The page with its links, absolute ones, and its place among all; where these are too many to count,
    nothing is said of the last one, and `more` tells whether there is a next one.
    """
    query = list_query(request)
    last = None if total is None else max(1, -(-total // query.per_page))
    links = partial(_link, path, query, query.page + more if last is None else max(last, query.page))
    return {
        "data": items,
        "links": {
            "first": links(1),
            "last": last and links(last),
            "prev": links(query.page - 1),
            "next": links(query.page + 1),
        },
        "meta": {
            "current_page": query.page,
            "from": query.start + 1 if items else None,
            "last_page": last,
            "links": [
                {"url": links(query.page - 1), "label": "Previous", "active": False},
                *(
                    {"url": links(number), "label": str(number or GAP), "active": number == query.page}
                    for number in _window(query.page, last)
                ),
                {"url": links(query.page + 1), "label": "Next", "active": False},
            ],
            "path": path,
            "per_page": query.per_page,
            "to": query.start + len(items) if items else None,
            "total": total,
        },
    }


def contents_path(request: Request) -> str:
    return f"{request.origin}/v1/drives/{_escaped(request, 'drive_id')}/content"


def versions_path(request: Request) -> str:
    return f"{contents_path(request)}/{_escaped(request, 'content_id')}/versions"


def _escaped(request: Request, name: str) -> str:
    return quote(request.path[name], safe="")


def _window(page: int, last: int | None) -> list[int]:
    """The pages that are offered beside this one, as Laravel chooses them; 0 for those left out between."""
    if last is None:
        return [page]
    if last < ALL:
        return list(range(1, last + 1))
    if page <= NEAR_AN_END:
        return [*range(1, AT_AN_END + 1), 0, last - 1, last]
    if page > last - NEAR_AN_END:
        return [1, 2, 0, *range(last - AT_AN_END + 1, last + 1)]
    return [1, 2, 0, *range(page - EACH_SIDE, page + EACH_SIDE + 1), 0, last - 1, last]


def _link(path: str, query: ListQuery, furthest: int, page: int) -> str | None:
    """`per_page` goes on only where the request had it; None for a page below the first.

    Where the request is behind the last page, nothing follows, but the one before is named all the same.
    """
    if not 1 <= page <= furthest:
        return None
    kept = {"per_page": query.per_page} if "per_page" in query.model_fields_set else {}
    return f"{path}?{urlencode(kept | {'page': page})}"
