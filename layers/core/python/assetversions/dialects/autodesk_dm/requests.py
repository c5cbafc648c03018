"""What is read of Data Management, into commands."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field

from assetversions.dialects.autodesk_dm import ids, paging
from assetversions.dialects.autodesk_dm.filters import MAX_VALUES, filters_of
from assetversions.dialects.autodesk_dm.resources import DELETED_TYPE, VERSION_TYPE
from assetversions.dialects.common.http import NoQuery, Request, parse
from assetversions.domain.commands.common import AssetName, Offset, VersionRef
from assetversions.domain.commands.jobs import GetJob
from assetversions.domain.commands.versions import Expansion, GetVersion, ListVersions
from assetversions.domain.model import AssetUid

SHOWN = frozenset({Expansion.THERE})
PAGING = (paging.NUMBER, paging.LIMIT, paging.NEWEST, paging.BELOW)
# These say which versions are read; the filters but for these, which of them are shown.
READ = ("filter[id]", "filter[versionNumber]")
INT32 = 2**31


def _values(text: Any) -> list[str]:
    """A comma list; API Gateway makes one of repeated keys."""
    found = [value.strip() for value in str(text).split(",") if value.strip()]
    if not 1 <= len(found) <= MAX_VALUES:
        raise ValueError(f"give 1 to {MAX_VALUES} values")
    return found


Values = Annotated[list[str], BeforeValidator(_values)]
Numbers = Annotated[list[Annotated[int, Field(ge=-INT32, lt=INT32)]], BeforeValidator(_values)]


class FilterQuery(BaseModel):
    ids: Values | None = Field(None, alias="filter[id]")
    types: Values | None = Field(None, alias="filter[extension.type]")
    numbers: Numbers | None = Field(None, alias="filter[versionNumber]")


def list_versions(request: Request) -> ListVersions:
    filters_of(shown_by(request))
    item, query = _item(request), parse(FilterQuery, request.query)
    page, wanted = paging.offset(request), _wanted(item, query)
    return ListVersions(item, page, archived=True, expand=SHOWN, numbers=wanted)


def shown_by(request: Request) -> dict[str, str]:
    """The filters that a page is shown by."""
    return {name: text for name, text in request.query.items() if name not in {*READ, *PAGING}}


def wanted_versions(request: Request) -> set[tuple[int, int]] | None:
    """The versions that alone are asked for by their URNs, as uid and number; None for any."""
    return _named(parse(FilterQuery, request.query).ids)


class ItemQuery(NoQuery):
    path: bool = Field(False, alias="includePathInProject")


class VersionQuery(NoQuery):
    """Where a URN was not escaped in the path, its number is here."""

    version: str | None = None


class RefQuery(NoQuery):
    """Nothing is there for a filter to leave out."""

    types: str = Field("", alias="filter[type]")
    ids: str = Field("", alias="filter[id]")
    extension_types: str = Field("", alias="filter[extension.type]")
    ref_types: str = Field("", alias="filter[refType]")
    directions: str = Field("", alias="filter[direction]")


class VersionPartQuery(VersionQuery, RefQuery):
    formats: str = Field("", alias="filter[format.fileType]")


def wants_path(request: Request) -> bool:
    return parse(ItemQuery, request.query).path


def get_item(request: Request) -> ListVersions:
    """The newest version tells all that the asset does not."""
    parse(ItemQuery, request.query)
    return _newest(_item(request))


def get_item_part(request: Request) -> ListVersions:
    """What hangs below an item asks only whether it is there."""
    parse(NoQuery, request.query)
    return _newest(_item(request))


def get_item_refs(request: Request) -> ListVersions:
    parse(RefQuery, request.query)
    return _newest(_item(request))


def get_job(request: Request) -> GetJob:
    parse(NoQuery, request.query)
    return GetJob(*ids.read_job(request.path["project_id"], request.path["job_id"]))


def get_version_item(request: Request) -> ListVersions:
    parse(VersionQuery, request.query)
    asset, _version = version_of(request)
    return _newest(asset)


def get_version(request: Request) -> GetVersion:
    parse(VersionQuery, request.query)
    return GetVersion(*version_of(request), page=None, expand=SHOWN)


def get_version_part(request: Request) -> GetVersion:
    """What hangs below a version asks only whether it is there."""
    parse(VersionPartQuery, request.query)
    return GetVersion(*version_of(request), page=None)


def version_urn(request: Request) -> str:
    """A URN that was not escaped in the path has left its number in the query."""
    text, number = request.path["version_id"], request.query.get("version")
    return text if number is None or "?" in text else f"{text}?version={number}"


def _wanted(item: AssetName, query: FilterQuery) -> frozenset[int] | None:
    """The numbers that all filters leave; None where nothing is filtered."""
    wanted = []
    if query.numbers is not None:
        wanted.append(frozenset(query.numbers))
    named = _named(query.ids)
    if named is not None:
        uid = item.uid if isinstance(item, AssetUid) else None
        wanted.append(frozenset(number for of, number in named if uid in {None, of}))
    if query.types is not None and not {VERSION_TYPE, DELETED_TYPE} & set(query.types):
        wanted.append(frozenset())
    return frozenset.intersection(*wanted) if wanted else None


def _named(urns: list[str] | None) -> set[tuple[int, int]] | None:
    return None if urns is None else set(filter(None, map(ids.split_version, urns)))


def _newest(asset: AssetName) -> ListVersions:
    return ListVersions(asset, Offset(1), archived=True, expand=SHOWN)


def _item(request: Request) -> AssetName:
    return ids.read_item(request.path["project_id"], request.path["item_id"])


def version_of(request: Request) -> tuple[AssetUid, VersionRef]:
    return ids.read_version(request.path["project_id"], version_urn(request))
