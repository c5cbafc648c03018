"""What all parts of the API share: the spelling of bodies, pages, and the names of things in paths."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Protocol, TypeVar
from urllib.parse import quote

from msgspec import Meta, Struct

from assetversions_client import errors
from assetversions_client.http import Http

# What every sender of requests takes for a way, and not for a name.
WALKED = {"", ".", ".."}

# The number of a version, as bodies have it; what is none is no body of this API.
Number = Annotated[str, Meta(pattern="^[0-9]{1,10}$")]


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


def place(http: Http, ref: AssetRef) -> str:
    """An asset of one service, among those of all."""
    return f"{http.url} {ref}"


def step(text: str) -> str:
    """One step of a path; `.` and `..` are walked, however they are sent, and so none."""
    if text in WALKED:
        raise errors.Refused(f"'{text}' names nothing: it would lead to another address.")
    return quote(text, safe="")


def onward(page: P, turn: Callable[[str], P]) -> Iterator[P]:
    """A page and all behind it; a list that leads back to where it was would never end."""
    seen: set[str] = set()
    yield page
    while (token := page.next_token) is not None:
        if token in seen:
            raise errors.Failed(
                "The service goes round in circles: a page of a list leads to an earlier one."
            )
        seen.add(token)
        page = turn(token)
        yield page


def pages(http: Http, path: str, kind: type[P], **query: Any) -> Iterator[P]:
    """Every page of a list, from the first to the last."""
    first = http.get(path, kind, **query)
    return onward(first, lambda token: http.get(path, kind, startingToken=token, **query))
