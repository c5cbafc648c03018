"""A manifest that is lost or damaged: a base is done without, a version that was asked for is named."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from assetversions.domain.beginning import NUMBER
from assetversions.domain.errors import Conflict
from assetversions.domain.file_metadata import FileMetadata
from assetversions.domain.manifests.manifest import Damaged, Entry, Root
from assetversions.domain.manifests.merge import HasPath, pair
from assetversions.domain.model import Asset, Version
from assetversions.domain.ports.services import Services

Made = TypeVar("Made")
File = TypeVar("File", bound=HasPath)


def beside_base(services: Services, asset: Asset, make: Callable[[Root | None], Made]) -> Made:
    """What `make` makes beside the manifest that the working files were last known to match.

    That is a shortcut: where there is none, or it turns out damaged anywhere on the way, `make` begins anew
    without.
    """
    try:
        return make(None if asset.base is None else services.manifests.root(asset.uid, asset.base))
    except Damaged:
        return make(None)


def files_of(services: Services, asset: Asset, version: Version, after: str | None = None) -> Iterator[Entry]:
    """What a version holds, in path order, behind `after`; Conflict where its manifest can't be read."""
    yield from files_in(services, asset, version, root_of(services, asset, version), after)


def root_of(services: Services, asset: Asset, version: Version) -> Root:
    if version.number == NUMBER:
        return Root(0, 0)
    with readable(version):
        return services.manifests.root(asset.uid, version.manifest)


def files_in(
    services: Services, asset: Asset, version: Version, root: Root, after: str | None = None
) -> Iterator[Entry]:
    """The same for who has read its root."""
    with readable(version):
        yield from services.manifests.entries(asset.uid, root, after)


def entries_at(
    services: Services, asset: Asset, version: Version, root: Root, paths: Collection[str]
) -> list[Entry]:
    """What it holds at these paths, in order."""
    with readable(version):
        return services.manifests.at(asset.uid, root, paths)


def with_said(
    services: Services, of: Asset | Version, files: Iterable[File], after: str | None
) -> Iterator[tuple[File, FileMetadata | None]]:
    """Its files behind `after`; what is said of other paths, where there was a file once, is left out."""
    with readable(of):
        said = services.manifests.file_metadata(of.uid, of.file_metadata, after)
        for file, row in pair(files, said):
            if file is not None:
                yield file, row


@contextmanager
def readable(*things: Asset | Version) -> Iterator[None]:
    """Conflict that names the version, or both, where the manifest turns out damaged; of an asset Damaged."""
    try:
        yield
    except Damaged as error:
        versions = [one for one in things if isinstance(one, Version)]
        if len(versions) < len(things):
            raise
        names = " or ".join(str(version.number) for version in versions)
        raise Conflict(f"The files of version {names} can't be told: {error}") from error
