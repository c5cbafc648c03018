"""What all parts of the API share: the spelling of bodies, pages, and the names of things in paths."""

from collections.abc import Iterator
from typing import Any, Protocol, TypeVar
from urllib.parse import quote

from msgspec import Struct

from assetversions_client import errors
from assetversions_client.http import Http

# What every sender of requests takes for a way, and not for a name.
WALKED = {"", ".", ".."}


class Body(Struct, frozen=True, rename="camel", omit_defaults=True):
    """A body of the API, or a part of one; what it has and we do not know is let be."""


class Said(Body, frozen=True):
    """A reply of which its success is enough."""

    message: Any = None


class Page(Protocol):
    @property
    def next_token(self) -> str | None: ...


P = TypeVar("P", bound=Page)


class AssetRef(Struct, frozen=True):
    """An asset by its two ids."""

    database: str
    asset: str

    def __str__(self) -> str:
        return f"{self.database}/{self.asset}"

    @property
    def path(self) -> str:
        return f"/database/{step(self.database)}/assets/{step(self.asset)}"


def step(text: str) -> str:
    """One step of a path; `.` and `..` are walked, however they are sent, and so none."""
    if text in WALKED:
        raise errors.Refused(f"'{text}' names nothing: it would lead to another address.")
    return quote(text, safe="")


def onward(token: str | None, page: Page) -> str | None:
    """Where a list goes on behind a page; one that leads back to itself would never end."""
    if page.next_token == token:
        raise errors.Failed("The service goes round in circles: a page of a list leads to itself.")
    return page.next_token


def pages(http: Http, path: str, kind: type[P], **query: Any) -> Iterator[P]:
    """Every page of a list, from the first to the last."""
    token: str | None = None
    while True:
        page = http.get(path, kind, startingToken=token, **query)
        yield page
        if page.next_token is None:
            return
        token = onward(token, page)
