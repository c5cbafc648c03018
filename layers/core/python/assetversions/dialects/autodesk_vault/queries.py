"""What a Vault request asks for in its query; a reply is shaped by it, too."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from assetversions.dialects.common.http import NoQuery
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.versions import Which
from assetversions.domain.metadata import Property, ValueType

# A deployment's setting in Vault.
MAX_LIMIT = 1_000
DEFAULT_LIMIT = 100

ALL_PROPERTIES = frozenset({"all"})

HISTORY = {
    "All": Which.ALL,
    "ReleasedOnly": Which.PUBLISHED,
    "ReleasedAndRevisionTip": Which.PUBLISHED_AND_TIPS,
    "RevisionTip": Which.TIPS,
}


def _ids(value: object) -> object:
    """The numbers between commas, as text, or `all`; no text asks for nothing."""
    if not isinstance(value, str) or not value.strip():
        return None
    words = {word.strip() for word in value.split(",")}
    if not all(word == "all" or (word.isascii() and word.isdigit()) for word in words):
        raise ValueError("must be 'all' or property definition ids, such as 1,2,3")
    return frozenset(word.lstrip("0") or "0" for word in words)


PropertyIds = Annotated[frozenset[str] | None, BeforeValidator(_ids)]


class Paging(NoQuery):
    """Inferred: a `limit` above the maximum is refused. Cut in silence, a page would pass for the whole."""

    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MAX_LIMIT)
    cursorState: str | None = None

    def page(self) -> Page:
        return Page(self.limit, self.cursorState or None, "cursorState")


class Definition(NoQuery):
    extended: bool = Field(False, alias="option[extendedModels]")


class Definitions(Paging, Definition):
    """An empty filter chooses nothing out; only items say something about themselves here."""

    kind: Literal["", "FILE", "FLDR", "ITEM", "CO"] = Field("", alias="filter[entityClassId]")
    names: str = Field("", alias="filter[systemNames]")
    ids: PropertyIds = Field(None, alias="filter[propDefIds]")
    # There are none, so it makes no difference.
    of_bills: bool = Field(False, alias="option[includeBOMAssociationProperty]")

    def numbers(self) -> frozenset[int] | None:
        """A name stands for one property of each type."""
        if self.kind not in {"", "ITEM"}:
            return frozenset()
        names = {name.strip() for name in self.names.split(",")} - {""}
        named = {Property(name, kind).number for name in names for kind in ValueType}
        if self.ids is None or "all" in self.ids:
            return frozenset(named) if names else None
        wanted = {int(text) for text in self.ids}
        return frozenset(wanted & named if names else wanted)


class Options(NoQuery):
    """Inferred: an object on its own shows all its properties unless told which; one of a list shows none."""

    extended: bool = Field(False, alias="option[extendedModels]")
    properties: PropertyIds = Field(ALL_PROPERTIES, alias="option[propDefIds]")

    def wants(self, one: Property) -> bool:
        return self.properties is not None and bool(self.properties & {"all", str(one.number)})


class FileOptions(NoQuery):
    released: bool = Field(False, alias="option[releasedOnly]")


class AssociatedFiles(Paging, Options):
    """The vendor has neither `limit` nor `cursorState` here: who knows of none gets the largest page."""

    limit: int = Field(MAX_LIMIT, ge=1, le=MAX_LIMIT)
    properties: PropertyIds = Field(None, alias="option[propDefIds]")


class ItemOptions(Options):
    released: bool = Field(False, alias="option[releasedOnly]")


class History(Paging, Options):
    properties: PropertyIds = Field(None, alias="option[propDefIds]")
    history: Literal["All", "ReleasedOnly", "ReleasedAndRevisionTip", "RevisionTip"] = Field(
        "All", alias="option[history]"
    )
    descending: bool = False
