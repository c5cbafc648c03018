"""Every parameter and field that Disguise documents for what is served here, and what is done about it."""

from collections.abc import Callable
from typing import Any, NamedTuple

Body = dict[str, Any]
REFUSED = "refused with 422"


class Fact(NamedTuple):
    """`seen` holds of the reply once it is sent, and not before; REFUSED names it; None: nothing changes.

    A `value` of a GET goes into the query, else into the body.
    """

    method: str
    route: str
    name: str
    value: Any
    seen: Callable[[Body], bool] | str | None


# The world: versions 1, 2 and 3, the third one active; what is sent to one version is sent to the first.
# Their content is one of two in its drive.
FACTS = [
    Fact("GET", "versions", "page", 2, lambda body: (body["data"], body["meta"]["current_page"]) == ([], 2)),
    Fact("GET", "versions", "page", 0, REFUSED),
    Fact("GET", "versions", "page", "x", REFUSED),
    Fact("GET", "versions", "per_page", 1, lambda body: len(body["data"]) == body["meta"]["per_page"] == 1),
    Fact("GET", "versions", "per_page", 101, REFUSED),
    # In no document of the vendor's.
    Fact("GET", "versions", "sort", "label", REFUSED),
    Fact("GET", "version", "page", 1, REFUSED),
    Fact("PATCH", "version", "label", "Version 1", lambda body: body["label"] == "Version 1"),
    Fact("PATCH", "version", "label", "x" * 1025, REFUSED),
    Fact("PATCH", "version", "label", 5, REFUSED),
    Fact("PATCH", "version", "set_active", True, lambda body: body["is_active"]),
    Fact("PATCH", "version", "set_active", "true", REFUSED),
    Fact("GET", "contents", "page", 2, lambda body: (body["data"], body["meta"]["current_page"]) == ([], 2)),
    Fact("GET", "contents", "page", 0, REFUSED),
    Fact("GET", "contents", "per_page", 1, lambda body: len(body["data"]) == body["meta"]["per_page"] == 1),
    Fact("GET", "contents", "per_page", 101, REFUSED),
    # Of folders, which are none here.
    *(Fact("GET", "contents", name, "x", REFUSED) for name in ("name", "parent_id", "type")),
    Fact("GET", "content", "page", 1, REFUSED),
    Fact("GET", "request-upload", "name", "clip.mp4", REFUSED),
    Fact("PATCH", "content", "name", "Another", lambda body: body["name"] == "Another"),
    *(Fact("PATCH", "content", "name", value, REFUSED) for value in ("", "x" * 257, 5, None)),
    Fact("PATCH", "content", "is_locked", True, REFUSED),
    Fact("PATCH", "content", "is_locked", False, None),
    Fact("PATCH", "content", "parent_id", "else", REFUSED),
    Fact("PATCH", "content", "parent_id", None, REFUSED),
    *(
        Fact("PATCH", "content", name, None, None)
        for name in ("id", "versions", "url", "status", "thumbnail", "size_bytes", "type", "locked_by_id")
    ),
    *(Fact("POST", "version of", "upload_uuid", value, REFUSED) for value in (5, "x", None)),
    # The vendor's page: setting this to false will do nothing.
    Fact("PATCH", "version", "set_active", False, None),
    # Of a reply alone.
    *(
        Fact("PATCH", "version", name, None, None)
        for name in ("id", "version_number", "status", "url", "is_active", "created_at", "type")
    ),
]
# Each leads to a page that says of itself where it is.
PAGE_LINKS = ("first", "last", "prev", "next")
