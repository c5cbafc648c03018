"""What the requests of VAMS have in common: pages, names, and the asset and version in a path."""

from collections.abc import Iterable
from typing import Annotated, ClassVar, Self

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from assetversions.dialects.common.http import Body, Request, Whole
from assetversions.dialects.vams.ids import alias_ref, version_ref
from assetversions.domain import names
from assetversions.domain.beginning import NUMBER
from assetversions.domain.commands.common import Page, VersionRef
from assetversions.domain.errors import Invalid
from assetversions.domain.lives import public_id
from assetversions.domain.model import AssetRef

MAX_FILES_PAGE = 10_000
MAX_PAGE = 1_000
MAX_JOBS_PAGE = 100


# Where clients send the number of a version, or an alias like one, as a number.
Text = Annotated[str, BeforeValidator(lambda value: str(value) if type(value) is int else value)]
# Of an asset, a person, a tag.
Name = Annotated[str, Field(min_length=1, max_length=256)]
AssetTags = Annotated[list[Name], Field(max_length=50)]


class Paging(BaseModel):
    """A larger page than the largest is that one, as VAMS's clients expect."""

    largest: ClassVar[int] = MAX_PAGE
    pageSize: Whole = Field(MAX_PAGE, ge=1)
    startingToken: str | None = None

    def page(self) -> Page:
        return Page(min(self.pageSize, self.largest), self.startingToken or None, "startingToken")


class ArchivedPaging(Paging):
    showArchived: bool = False


class FilesPaging(Paging):
    largest: ClassVar[int] = MAX_FILES_PAGE
    pageSize: Whole = Field(MAX_FILES_PAGE, ge=1)


class JobsPaging(Paging):
    """Of each up to a hundred lists of paths are read with it."""

    largest: ClassVar[int] = MAX_JOBS_PAGE
    pageSize: Whole = Field(MAX_JOBS_PAGE, ge=1)


class NamedVersion(BaseModel):
    """A version of the asset, named in one way or in none."""

    ways: ClassVar[tuple[str, ...]] = ("assetVersionId", "assetVersionIdAlias")
    assetVersionId: Text | None = None
    assetVersionIdAlias: Text | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        *others, last = self._named() or [""]
        if others:
            raise ValueError(f"{last}: give this or {' or '.join(others)}, not several")
        return self

    def version(self) -> VersionRef | None:
        if self.assetVersionIdAlias:
            return alias_ref(self.assetVersionIdAlias)
        return version_ref(self.assetVersionId) if self.assetVersionId else None

    def _named(self) -> list[str]:
        return [way for way in self.ways if getattr(self, way)]


class OneVersion(NamedVersion, Body):
    """Of a file: an object version, the one that a version holds, or the newest."""

    ways: ClassVar[tuple[str, ...]] = ("versionId", *NamedVersion.ways)
    versionId: str | None = Field(None, max_length=1024)

    def check_none(self, why: str) -> None:
        """Invalid where one is named all the same."""
        if named := self._named():
            raise Invalid(named[0], f"leave it out: {why}.")


def asset_of(request: Request) -> AssetRef:
    return AssetRef(database_of(request), names.asset_id(request.path["assetId"]))


def asset_somewhere(asset_id: str, database_id: str | None, field: str) -> tuple[str, str | None]:
    """An asset by its id, where the database is said only when several have one of that id."""
    database = None if database_id is None else names.database_id(database_id)
    return names.asset_id(asset_id, field), database


def database_of(request: Request) -> str:
    return names.database_id(request.path["databaseId"])


def job_of(request: Request) -> str:
    return names.policy_name(request.path["operationId"], "operationId")


def inside(asset: AssetRef, text: str) -> str:
    """A key in the bucket without the asset's own part; a path that begins with a slash is no key."""
    within = text.removeprefix(f"{asset.database_id}/")
    folder, slash, path = within.partition("/")
    return path if within != text and slash and public_id(folder) == asset.asset_id else text


def path_in(asset: AssetRef, text: str, field: str) -> str:
    """As VAMS's clients have it: relative, with a slash or without, or a key."""
    return names.path_in(asset, inside(asset, text), field)


def file_in(asset: AssetRef, text: str, field: str) -> str:
    return names.file_in(asset, inside(asset, text), field)


def check_once(named: Iterable[str], field: str, inner: str) -> None:
    """Invalid for what stands a second time in the list `field`, each of it in its item's field `inner`."""
    seen: set[str] = set()
    for index, one in enumerate(named):
        if one in seen:
            raise Invalid(f"{field}.{index}.{inner}", f"'{one}' is named twice; name it once.")
        seen.add(one)


def version_of(request: Request) -> VersionRef:
    return version_ref(request.path["assetVersionId"])


def any_state_of(request: Request) -> VersionRef:
    """The same, or what the asset was before its first version."""
    if request.path["assetVersionId"] == str(NUMBER):
        return VersionRef(number=NUMBER)
    return version_of(request)
