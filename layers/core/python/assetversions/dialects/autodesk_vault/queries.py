"""What a Vault request asks for in its query; a reply is shaped by it, too."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from assetversions.dialects.autodesk_vault.ids import PROPERTY_DIGITS
from assetversions.dialects.common.http import NoQuery, Whole
from assetversions.domain.commands.asset_versions import AssetOrder, Shown
from assetversions.domain.commands.common import Page
from assetversions.domain.commands.versions import Which
from assetversions.domain.metadata import Property, ValueType

# A deployment's setting in Vault.
MAX_LIMIT = 1_000
DEFAULT_LIMIT = 100

ALL_PROPERTIES = frozenset({"all"})

HISTORY = {
    "All": Which.ALL,
    "ReleasedOnly": Which.RELEASED,
    "ReleasedAndRevisionTip": Which.RELEASED_AND_TIPS,
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

    limit: Whole = Field(DEFAULT_LIMIT, ge=1, le=MAX_LIMIT)
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
        # A longer one is no property's.
        wanted = {int(text) for text in self.ids if len(text) <= PROPERTY_DIGITS}
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

    limit: Whole = Field(MAX_LIMIT, ge=1, le=MAX_LIMIT)
    properties: PropertyIds = Field(None, alias="option[propDefIds]")


class Items(Paging, Options):
    properties: PropertyIds = Field(None, alias="option[propDefIds]")


# What an item is called stands in all of these.
_NAMES = frozenset({"itemnumber", "name", "title"})
ORDER = {"type": "string", "examples": ["ItemNumber desc"]}
_POSSIBLE = "is no order of this list; ask for ItemNumber, Name or Title, asc or desc, or for Id"


def _order(value: object) -> AssetOrder:
    """Of criteria with commas between; behind the first, others that tell the same decide nothing."""
    criteria = [words.split() for words in str(value or "ItemNumber").split(",")]
    for words in criteria:
        known = words and (words[0].lower() in _NAMES or (words[0].lower() == "id" and len(criteria) == 1))
        if not known or len(words) > 2 or words[1:] not in ([], ["asc"], ["desc"]):
            raise ValueError(f"'{' '.join(words)}' {_POSSIBLE}")
    (name, *direction), down = criteria[0], criteria[0][1:] == ["desc"]
    if name.lower() != "id":
        return AssetOrder.NAME_DOWN if down else AssetOrder.NAME
    if down:
        raise ValueError(f"'{name} {direction[0]}' {_POSSIBLE}")
    return AssetOrder.ID


class ItemVersions(Items):
    """What `q` looks for is looked for in numbers and titles."""

    text: str = Field("", alias="q")
    latest: bool = Field(True, alias="option[latestOnly]")
    released: bool = Field(False, alias="option[releasedItemsOnly]")
    order: Annotated[AssetOrder, BeforeValidator(_order), WithJsonSchema(ORDER)] = Field(
        AssetOrder.NAME, alias="sort"
    )

    def shown(self) -> Shown:
        """Inferred: the latest of the released ones where both are asked for. No item has two of these."""
        if self.released:
            return Shown.PUBLISHED
        return Shown.NEWEST if self.latest else Shown.ALL


class ItemVersionsOfFile(Items):
    released: bool = Field(False, alias="option[releasedOnly]")


class ItemOptions(Options):
    released: bool = Field(False, alias="option[releasedOnly]")


class History(Paging, Options):
    properties: PropertyIds = Field(None, alias="option[propDefIds]")
    history: Literal["All", "ReleasedOnly", "ReleasedAndRevisionTip", "RevisionTip"] = Field(
        "All", alias="option[history]"
    )
    descending: bool = False
