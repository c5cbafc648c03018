"""The versions of an asset: look at them, make one, take all links to one."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct, field

from assetversions_client import errors
from assetversions_client.http import Http
from assetversions_client.jobs import Jobs
from assetversions_client.wire import AssetRef, Body, Number, onward, pages, step


class Version(Body, frozen=True):
    """A version as the service shows it."""

    number: Number = field(name="Version")
    description: str | None = None
    comment: str | None = None
    version_aliases: tuple[str, ...] = ()
    state: str = ""
    is_archived: bool = False
    is_protected: bool = False
    is_current: bool = False
    revision: str | None = None
    created_by: str = ""
    date_created: str = ""
    file_count: int | None = None
    total_size: int | None = None


class VersionFile(Body, frozen=True):
    """A file as a version holds it."""

    relative_key: str
    version_id: str
    size: int
    etag: str
    last_modified: str = ""
    is_permanently_deleted: bool = False


class VersionFiles(Struct, frozen=True):
    """All files of a version; `id` is its own, be the asset deleted and another one made of its name."""

    number: int
    files: list[VersionFile]
    id: str = ""


class LinkedFile(Body, frozen=True):
    """A file of a version with a link to its bytes; no link where these are gone for good."""

    relative_key: str
    version_id: str
    size: int
    etag: str
    download_url: str | None = None
    is_permanently_deleted: bool = False


class LinkPage(Body, frozen=True):
    """Some files of a version, whose number is `asset_version_id`."""

    asset_version_id: Number
    files: tuple[LinkedFile, ...] = ()
    next_token: str | None = field(name="NextToken", default=None)

    @property
    def number(self) -> int:
        return int(self.asset_version_id)


class Made(Struct, frozen=True):
    """A version that was made, and what there is to tell of the names in it.

    `id` is its own and `rev` the asset's from then on; None where a job has made it.
    """

    number: int
    warnings: "Warnings | None" = None
    id: str | None = None
    rev: int | None = None


class OddName(Body, frozen=True):
    """A name that not every disk can hold."""

    relative_key: str
    problem: str


class Warnings(Body, frozen=True):
    """How many names are odd, and the first of them."""

    count: int = 0
    files: tuple[OddName, ...] = ()


class _Versions(Body, frozen=True):
    versions: tuple[Version, ...] = ()
    next_token: str | None = field(name="NextToken", default=None)


class _Id(Body, frozen=True):
    asset_version_id: str = ""


class _Files(Body, frozen=True):
    asset_version_id: Number
    message: _Id = _Id()
    files: tuple[VersionFile, ...] = ()
    next_token: str | None = field(name="NextToken", default=None)


class _Made(Body, frozen=True):
    message: Any = None
    asset_version_id: Number | None = None
    operation_id: str | None = None
    warnings: Warnings | None = None


class Versions:
    """The versions of assets that the signed-in user may see."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def all(self, ref: AssetRef, *, archived: bool = False) -> Iterator[Version]:
        """Newest first."""
        for page in pages(self._http, f"{ref.path}/getVersions", _Versions, showArchived=archived or None):
            yield from page.versions

    def get(self, ref: AssetRef, version: str) -> Version:
        return self._http.get(f"{ref.path}/getVersion/{step(version)}", Version, pageSize=1)

    def all_files(self, ref: AssetRef, version: str) -> VersionFiles:
        """All files of one version, also where a name like `current` moves meanwhile."""
        path = f"{ref.path}/getVersion/{{}}"
        first = self._http.get(path.format(step(version)), _Files, pageSize=10_000)
        path = path.format(first.asset_version_id)
        found = onward(
            first, lambda token: self._http.get(path, _Files, pageSize=10_000, startingToken=token)
        )
        files = [file for page in found for file in page.files]
        return VersionFiles(int(first.asset_version_id), files, first.message.asset_version_id)

    def links(self, ref: AssetRef, version: str) -> Iterator[LinkPage]:
        """The same with links, a page of 1,000 at a time: they live some minutes only."""
        path = f"{ref.path}/assetversions/{{}}/download"
        first = self._http.get(path.format(step(version)), LinkPage)
        path = path.format(first.asset_version_id)
        return onward(first, lambda token: self._http.get(path, LinkPage, startingToken=token))

    def create(
        self,
        ref: AssetRef,
        comment: str | None = None,
        aliases: Sequence[str] = (),
        *,
        noted_since: int | None = None,
    ) -> Made:
        """Freeze the files as they are now; where that takes long, its end is waited for.

        With `noted_since`, a rev, by what the service has noted of them since, and without a look at all
        others; Conflict where the asset has moved on from there.
        """
        body: dict[str, Any] = {"useLatestFiles": True, "allowEmpty": True}
        body |= {"comment": comment} if comment else {}
        body |= {"versionAliases": list(aliases)} if aliases else {}
        body |= {"changes": "journal"} if noted_since is not None else {}
        made, rev = self._http.write_at("POST", f"{ref.path}/createVersion", body, _Made, rev=noted_since)
        number = made.asset_version_id
        if made.operation_id is not None:
            number = Jobs(self._http).wait(ref, made.operation_id).version
        if number is None:
            raise errors.Failed(f"The service made a version of {ref}, and does not say which.")
        if made.operation_id is not None or not isinstance(made.message, dict):
            return Made(int(number), made.warnings)
        return Made(int(number), made.warnings, made.message.get("assetVersionId"), rev)
